package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.audio.AudioTask;
import dev.cantora.daemon.audio.BlockSchedule;
import dev.cantora.daemon.jam.tape.TapeEvent;
import dev.cantora.daemon.jam.tape.TapeJournal;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.jam.time.Grid;
import dev.cantora.daemon.jam.time.TempoMap;
import dev.cantora.daemon.jam.time.TimeSignature;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import java.util.List;

/** The music of a session: tracks, transport, tape, and the block that all hear. Belongs to the session's audio thread. */
final class Band {

  private enum State { STOPPED, PLAYING, FADING }

  private static final int BLOCKS_PER_TICK = 5;
  private static final double RELEASE_MS = 100;
  /** Stopping releases everything within 10 ms; this covers it with room to spare. */
  private static final double FADE_SEC = 0.05;

  private final JamSettings settings;
  private final Roster roster;
  private final JamMetrics metrics;
  private final long blockNs;
  private final Transport transport;
  private final BlockSchedule schedule;
  private final Mixdown mixdown;
  private final Deck deck;
  private final Tracks tracks = new Tracks();
  private final ScorePlaying scores;
  private final AgendaPlaying agendas;
  private final Listeners listeners;
  private final BandReports reports;
  private State state = State.STOPPED;
  private Grid grid = Grid.NONE;
  private long fadeUntil;
  private long blocksSincePlay;
  private volatile long streamSample;

  Band(JamSettings settings, long clockEpochNs, Roster roster, JamMetrics metrics) {
    this.settings = settings;
    this.roster = roster;
    this.metrics = metrics;
    this.blockNs = 1_000_000_000L * settings.blockSize() / JamSettings.SAMPLE_RATE_HZ;
    this.transport = new Transport(JamSettings.SAMPLE_RATE_HZ, settings.bpm(), settings.metre());
    this.schedule = new BlockSchedule(clockEpochNs, JamSettings.SAMPLE_RATE_HZ, settings.blockSize());
    this.deck = new Deck(settings);
    this.mixdown = new Mixdown(JamSettings.SAMPLE_RATE_HZ, settings.blockSize());
    this.scores = new ScorePlaying(tracks, deck);
    this.agendas = new AgendaPlaying(tracks, deck, roster);
    this.listeners = new Listeners(roster.members(), metrics);
    this.reports = new BandReports(roster);
  }

  Transport transport() {
    return transport;
  }

  Tracks tracks() {
    return tracks;
  }

  Deck deck() {
    return deck;
  }

  /** Sample of the stream that is rendered next; any thread, a block old. */
  long streamSample() {
    return streamSample;
  }

  boolean metronome() {
    return mixdown.metronome();
  }

  void metronome(boolean on) {
    mixdown.metronome(on);
  }

  void grid(Grid newGrid) {
    grid = newGrid;
  }

  /** As it was when the daemon ended. @param earlier tape or null */
  void restore(SessionState state, UnfinishedTape earlier) {
    transport.restore(state.position(), state.tempo(), state.loop());
    mixdown.metronome(state.metronome());
    deck.restore(earlier);
  }

  /** Everything that sounds ends, on the tape too; the song stands where it is. */
  void hush() {
    silence(transport.position());
  }

  /** Plays a block when it is due. @return when to be called again */
  long run(long nowNs) {
    if (state == State.STOPPED) {
      return AudioTask.IDLE;
    }
    if (nowNs - schedule.dueNs() >= 0) {
      long dueNs = schedule.dueNs();
      schedule.moveIfHopeless(nowNs);
      block();
      metrics.block(System.nanoTime() - dueNs > blockNs);
      schedule.advance();
      streamSample = schedule.nextSample();
      reports.telemetryWhenDue(nowNs, tracks, mixdown.meter());
    }
    return state == State.STOPPED ? AudioTask.IDLE : schedule.dueNs();
  }

  // ---- transport ----

  void play(int countInMeasures, long nowNs) {
    if (state == State.PLAYING) {
      return;
    }
    if (state == State.STOPPED) {
      tracks.settle();
      listeners.settle();
    }
    state = State.PLAYING;
    transport.play(countInMeasures);
    schedule.start(nowNs);
    blocksSincePlay = 0;
    streamSample = 0;
    reports.start(nowNs);
    listeners.renewQueues();
  }

  void stop() {
    if (state == State.PLAYING) {
      state = State.FADING;
      silence(transport.position());
      deck.event("", new TapeEvent.Stop(), null);
      fadeUntil = deck.now() + (long) (FADE_SEC * JamSettings.SAMPLE_RATE_HZ);
    }
    transport.stop();
  }

  void tempo(Double bpm, TimeSignature metre) {
    if (transport.tempo(bpm, metre)) {
      arrangeFar();
      TempoMap.Position at = transport.map().at(transport.position());
      deck.event("", new TapeEvent.Tempo(transport.map().current().bpm(), transport.map().current().signature(),
          at.measure(), at.beat()), null);
    }
  }

  /** Goes on from another place of the song, in silence. */
  void jump(double toSec) {
    long from = transport.position();
    silence(from);
    transport.seek(toSec);
    scores.jump(from, transport.position());
  }

  // ---- tracks ----

  void add(JamTrack track) {
    tracks.add(track);
    deck.track(track);
    arrangeFar();
  }

  void change(JamTrack track, JamTrack.Change change, String participantId) {
    boolean leavesScore = track.score() != null;
    track.apply(change);
    if (leavesScore && track.score() == null) {
      panic(track);
    }
    tracks.remix();
    deck.event(track.trackId(), track.settings(), participantId);
  }

  void remove(JamTrack track, String participantId) {
    tracks.remove(track, state != State.STOPPED);
    deck.event(track.trackId(), new TapeEvent.TrackRemoved(), participantId);
  }

  void score(JamTrack track, ScoreCursor cursor) {
    panic(track);
    cursor.jump(0, transport.position(), ScorePlaying.UNHEARD);
    track.score(cursor);
  }

  /** Somebody became far or near, their round trip or the loop changed. */
  void arrangeFar() {
    FarListeners.arrange(tracks.all(), roster.members(), transport);
  }

  // ---- notes ----

  LiveVoice.NoteAck noteOn(JamTrack track, LiveNote note, String participantId, long arrivedNs) {
    int ahead = ahead(arrivedNs);
    LiveVoice.NoteAck ack = track.noteOn(note, participantId, ahead);
    // while it is counted in, the song line stands still and the beats lead up to its position
    long meant = transport.position() - transport.countInLeft() + ahead - track.roundTripSamples();
    deck.noteOn(ahead, track, new TapeEvent.NoteOn(note), participantId,
        track.laterSamples() + grid.shift(transport.map(), meant));
    return ack;
  }

  void noteOff(JamTrack track, String noteId, double releaseMs, String participantId, long arrivedNs) {
    int ahead = ahead(arrivedNs);
    track.noteOff(noteId, releaseMs, ahead);
    deck.noteOff(ahead, track, new TapeEvent.NoteOff(noteId, releaseMs), participantId);
  }

  /** Releases what somebody holds who has gone. */
  void releaseHeldBy(String participantId) {
    for (JamTrack track : tracks.all()) {
      track.agenda().drop(participantId);
      for (JamTrack.Held held : List.copyOf(track.held())) {
        if (held.participantId().equals(participantId)) {
          noteOff(track, held.note().noteId(), RELEASE_MS, participantId, System.nanoTime());
        }
      }
    }
  }

  void control(JamTrack track, LiveVoice.Controller controller, double value, String participantId) {
    track.control(controller, value);
    deck.event(track.trackId(), new TapeEvent.Control(controller, value), participantId);
  }

  void record(TapeJournal journal) {
    deck.start(transport.map().current(), tracks.all(), journal);
  }

  /** How far into the next blocks an event sounds: one block after it arrived, to the sample. */
  private int ahead(long arrivedNs) {
    return state == State.STOPPED ? 0 : (int) (schedule.soundingSample(arrivedNs) - schedule.nextSample());
  }

  private void silence(long songSample) {
    tracks.all().forEach(this::panic);
    scores.jump(songSample, songSample);
  }

  private void panic(JamTrack track) {
    track.panic();
    track.past().cut();
    deck.event(track.trackId(), new TapeEvent.Panic(), null);
  }

  // ---- one block ----

  private void block() {
    listeners.begin(mixdown);
    int done = 0;
    while (done < settings.blockSize()) {
      done += stretch(done);
    }
    mixdown.finish();
    long sequence = blocksSincePlay++;
    listeners.send(mixdown, sequence);
    if (state == State.FADING && deck.now() >= fadeUntil) {
      state = State.STOPPED;
    } else if (state == State.PLAYING && sequence % BLOCKS_PER_TICK == 0) {
      reports.tick(transport);
    }
  }

  /** As much of a block as lies before the end of the loop or of the count-in. @return its frames */
  private int stretch(int offset) {
    int wanted = settings.blockSize() - offset;
    if (state != State.PLAYING) {
      tracks.mix(wanted, offset, mixdown, roster.members());
      deck.advance(wanted);
      return wanted;
    }
    int frames = transport.frames(wanted);
    long from = transport.position();
    if (transport.countingIn()) {
      // the song line stands still and the beats lead up to its position
      mixdown.clicks(transport.map(), from - transport.countInLeft(), frames, offset, true, beat -> { });
    } else {
      scores.play(from, frames);
      agendas.play(from, frames, transport.loopsFrom());
      mixdown.clicks(transport.map(), from, frames, offset, false, reports::beat);
    }
    tracks.mix(frames, offset, mixdown, roster.members());
    deck.advance(frames);
    if (transport.advance(frames)) {
      // what people hold sounds on
      long end = transport.position();
      transport.seek(transport.loopStartSec());
      scores.loop(end, transport.position());
    }
    return frames;
  }
}
