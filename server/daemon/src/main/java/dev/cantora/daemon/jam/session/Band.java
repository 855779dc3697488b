package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.JamTelemetry;
import dev.cantora.api.jam.Track;
import dev.cantora.api.jam.TrackLevel;
import dev.cantora.api.jam.TransportTick;
import dev.cantora.daemon.audio.AudioTask;
import dev.cantora.daemon.audio.BlockSchedule;
import dev.cantora.daemon.audio.LevelMeter;
import dev.cantora.daemon.jam.tape.TapeEvent;
import dev.cantora.daemon.jam.tape.TapeJournal;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.jam.time.Grid;
import dev.cantora.daemon.jam.time.TempoMap;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import java.util.ArrayList;
import java.util.List;

/** The music of a session: tracks, transport, tape, and the block that all hear. Belongs to the session's audio thread. */
final class Band {

  private enum State { STOPPED, PLAYING, FADING }

  private static final int BLOCKS_PER_TICK = 5;
  private static final long TELEMETRY_NS = 67_000_000L;
  private static final double RELEASE_MS = 100;
  /** Stopping releases everything within 10 ms; this covers it with room to spare. */
  private static final double FADE_SEC = 0.05;

  private final JamSettings settings;
  private final JamSession session;
  private final JamMetrics metrics;
  private final long blockNs;
  private final Transport transport;
  private final BlockSchedule schedule;
  private final Mixdown mixdown;
  private final Deck deck;
  private final List<JamTrack> tracks = new ArrayList<>();
  /** Removed, and fading out. */
  private final List<JamTrack> leaving = new ArrayList<>();
  private final long startedNs = System.nanoTime();
  private State state = State.STOPPED;
  private Grid grid = Grid.NONE;
  private long fadeUntil;
  private long telemetryNs;
  /** Samples rendered since the session began; never runs back. */
  private long rendered;
  private long blocksSincePlay;
  private volatile long streamSample;

  Band(JamSettings settings, long clockEpochNs, JamSession session, JamMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    this.blockNs = 1_000_000_000L * settings.blockSize() / JamSettings.SAMPLE_RATE_HZ;
    this.session = session;
    this.transport = new Transport(JamSettings.SAMPLE_RATE_HZ, settings.bpm(), settings.metre());
    this.schedule = new BlockSchedule(clockEpochNs, JamSettings.SAMPLE_RATE_HZ, settings.blockSize());
    this.deck = new Deck(settings);
    this.mixdown = new Mixdown(JamSettings.SAMPLE_RATE_HZ, settings.blockSize());
  }

  Transport transport() {
    return transport;
  }

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

  List<Track> describeTracks() {
    return tracks.stream().map(JamTrack::describe).toList();
  }

  int trackCount() {
    return tracks.size();
  }

  JamTrack track(String trackId) {
    return tracks.stream().filter(each -> each.trackId().equals(trackId)).findFirst().orElse(null);
  }

  /** @return when to be called again */
  long run(long nowNs) {
    if (state == State.STOPPED) {
      return AudioTask.IDLE;
    }
    if (nowNs - schedule.dueNs() >= 0) {
      boolean late = schedule.moveIfHopeless(nowNs) > 0;
      block();
      metrics.block(late || System.nanoTime() - schedule.dueNs() > blockNs);
      if (deck.full(rendered)) {
        endRecording();
        session.recordingEnded();
      }
      schedule.advance();
      streamSample = schedule.nextSample();
      if (nowNs - telemetryNs >= 0) {
        telemetryNs = nowNs + TELEMETRY_NS;
        session.offerAll(telemetry(nowNs));
      }
    }
    return state == State.STOPPED ? AudioTask.IDLE : schedule.dueNs();
  }

  /** As it was when the daemon ended. @param earlier tape or null */
  void restore(long position, boolean metronome, UnfinishedTape earlier) {
    transport.seek((double) position / JamSettings.SAMPLE_RATE_HZ);
    mixdown.metronome(metronome);
    deck.restore(earlier);
  }

  List<SessionState.TrackState> tracksState() {
    return tracks.stream().map(JamTrack::state).toList();
  }

  // ---- transport ----

  void play(int countInMeasures, long nowNs) {
    if (state == State.PLAYING) {
      return;
    }
    if (state == State.STOPPED) {
      settle();
    }
    state = State.PLAYING;
    transport.play(countInMeasures);
    schedule.start(nowNs);
    blocksSincePlay = 0;
    streamSample = 0;
    telemetryNs = nowNs;
    session.members().forEach(Member::renewQueue);
  }

  void stop() {
    if (state == State.PLAYING) {
      state = State.FADING;
      silence(transport.position());
      record("", new TapeEvent.Stop(), null);
      fadeUntil = rendered + (long) (FADE_SEC * JamSettings.SAMPLE_RATE_HZ);
    }
    transport.stop();
  }

  void tempo(Double bpm, dev.cantora.daemon.jam.time.TimeSignature metre) {
    if (transport.tempo(bpm, metre)) {
      arrangeFar();
      TempoMap.Position at = transport.map().at(transport.position());
      record("", new TapeEvent.Tempo(transport.map().current().bpm(), transport.map().current().signature(), at.measure(),
          at.beat()), null);
    }
  }

  // ---- tracks ----

  void add(JamTrack track) {
    tracks.add(track);
    track.open(anySolo());
    deck.track(track, rendered);
    arrangeFar();
    if (track.solo()) {
      remix();
    }
  }

  void change(JamTrack track, JamTrack.Change change, String participantId) {
    boolean leavesScore = track.score() != null;
    track.apply(change);
    if (leavesScore && track.score() == null) {
      panic(track);
    }
    remix();
    record(track.trackId(), track.settings(), participantId);
  }

  void remove(JamTrack track, String participantId) {
    tracks.remove(track);
    track.panic();
    track.fadeOut();
    if (state != State.STOPPED) {
      leaving.add(track);
    }
    record(track.trackId(), new TapeEvent.TrackRemoved(), participantId);
    remix();
  }

  void score(JamTrack track, ScoreCursor cursor) {
    panic(track);
    cursor.jump(0, transport.position(), NO_ONE);
    track.score(cursor);
  }

  LiveVoice.NoteAck noteOn(JamTrack track, LiveNote note, String participantId, long arrivedNs) {
    int ahead = ahead(arrivedNs);
    LiveVoice.NoteAck ack = track.noteOn(note, participantId, ahead);
    // while it is counted in, the song line stands still and the beats lead up to its position
    long meant = transport.position() - transport.countInLeft() + ahead - track.roundTripSamples();
    deck.noteOn(rendered + ahead, track, new TapeEvent.NoteOn(note), participantId,
        track.laterSamples() + grid.shift(transport.map(), meant));
    return ack;
  }

  void noteOff(JamTrack track, String noteId, double releaseMs, String participantId, long arrivedNs) {
    int ahead = ahead(arrivedNs);
    track.noteOff(noteId, releaseMs, ahead);
    deck.noteOff(rendered + ahead, track, new TapeEvent.NoteOff(noteId, releaseMs), participantId);
  }

  /** Releases what somebody holds who has gone. */
  void releaseHeldBy(String participantId) {
    for (JamTrack track : tracks) {
      for (JamTrack.Held held : List.copyOf(track.held())) {
        if (held.participantId().equals(participantId)) {
          noteOff(track, held.note().noteId(), RELEASE_MS, participantId, System.nanoTime());
        }
      }
    }
  }

  void control(JamTrack track, LiveVoice.Controller controller, double value, String participantId) {
    track.control(controller, value);
    record(track.trackId(), new TapeEvent.Control(controller, value), participantId);
  }

  // ---- tape ----

  boolean recording() {
    return deck.recording();
  }

  void record(TapeJournal journal) {
    deck.start(rendered, transport.map().current(), tracks, journal);
  }

  void endRecording() {
    deck.stop(rendered);
  }

  double recordedSec() {
    return deck.recordedSec(rendered);
  }

  int recordedEvents() {
    return deck.recordedEvents();
  }

  /** The tape, or what runs so far; null when nothing was ever recorded. */
  UnfinishedTape tape() {
    return deck.tape(rendered);
  }

  // ---- far listeners ----

  /** In silence nothing has to fade. */
  private void settle() {
    tracks.forEach(JamTrack::settle);
    for (Member member : session.members()) {
      if (member.privateMix() != null) {
        member.privateMix().settle();
      }
    }
  }

  /** Somebody became far or near, their round trip or the loop changed. */
  void arrangeFar() {
    FarListeners.arrange(tracks, session.members(), transport);
  }

  // ---- one block ----

  private void block() {
    mixdown.begin(anyoneInStereo());
    for (Member member : session.members()) {
      if (member.privateMix() != null) {
        member.privateMix().begin();
      }
    }
    int done = 0;
    while (done < settings.blockSize()) {
      done += segment(done);
    }
    mixdown.finish();
    long sequence = blocksSincePlay++;
    for (Member member : session.members()) {
      if (member.output() != null) {
        PrivateMix own = member.privateMix();
        boolean sent = member.frame(own == null ? mixdown.heard(member.channels(), member.hearsMetronome())
            : mixdown.heard(own, member.channels(), member.hearsMetronome()), sequence);
        if (!sent) {
          metrics.dropped();
        }
      }
    }
    if (state == State.FADING && rendered >= fadeUntil) {
      state = State.STOPPED;
    } else if (state == State.PLAYING && sequence % BLOCKS_PER_TICK == 0) {
      session.offerAll(tick());
    }
  }

  private boolean anyoneInStereo() {
    for (Member member : session.members()) {
      if (member.output() != null && member.channels() == 2) {
        return true;
      }
    }
    return false;
  }

  private int segment(int offset) {
    int frames = state == State.PLAYING ? transport.frames(settings.blockSize() - offset) : settings.blockSize() - offset;
    long from = transport.position();
    boolean moves = state == State.PLAYING && !transport.countingIn();
    if (moves) {
      for (JamTrack track : tracks) {
        if (track.score() != null) {
          track.score().play(from, from + frames, new ScorePlayer(track, from));
        }
      }
    }
    if (state == State.PLAYING) {
      beats(from, frames, offset);
    }
    for (JamTrack track : tracks) {
      mix(track, frames, offset);
    }
    mixLeaving(frames, offset);
    rendered += frames;
    if (state == State.PLAYING && transport.advance(frames)) {
      loop();
    }
    return frames;
  }

  private void beats(long from, int frames, int offset) {
    if (transport.countingIn()) {
      // the song line stands still and the beats lead up to its position
      mixdown.clicks(transport.map(), from - transport.countInLeft(), frames, offset, true, beat -> { });
    } else {
      mixdown.clicks(transport.map(), from, frames, offset, false, beat -> session.offerAll(
          dev.cantora.api.jam.MetronomeTick.builder().beat(beat.beat()).measure((int) beat.measure())
              .downbeat(beat.downbeat()).build()));
    }
  }

  private void mix(JamTrack track, int frames, int offset) {
    track.render(frames);
    track.addCommon(frames, offset, mixdown.mono(), mixdown.stereo());
    for (Member member : session.members()) {
      PrivateMix own = member.privateMix();
      if (own != null) {
        track.addPrivate(member.participantId(), frames, offset, own);
      }
    }
  }

  private void mixLeaving(int frames, int offset) {
    for (int i = leaving.size() - 1; i >= 0; i--) {
      JamTrack track = leaving.get(i);
      mix(track, frames, offset);
      if (track.faded()) {
        leaving.remove(i);
      }
    }
  }

  /** Goes on from another place of the song, in silence. */
  void jump(double toSec) {
    long from = transport.position();
    silence(from);
    transport.seek(toSec);
    for (JamTrack track : tracks) {
      if (track.score() != null) {
        track.score().jump(from, transport.position(), NO_ONE);
      }
    }
  }

  /** The end of the loop: scores begin anew, their notes released; what people hold sounds on. */
  private void loop() {
    long from = transport.position();
    transport.seek(transport.loopStartSec());
    for (JamTrack track : tracks) {
      if (track.score() != null) {
        track.score().jump(from, transport.position(), new ScorePlayer(track, from));
      }
    }
  }

  private void silence(long songSample) {
    for (JamTrack track : tracks) {
      panic(track);
      if (track.score() != null) {
        track.score().jump(songSample, songSample, NO_ONE);
      }
    }
  }

  private void panic(JamTrack track) {
    track.panic();
    track.cutPast();
    record(track.trackId(), new TapeEvent.Panic(), null);
  }

  private void remix() {
    boolean anySolo = anySolo();
    tracks.forEach(track -> track.move(anySolo));
  }

  private boolean anySolo() {
    return tracks.stream().anyMatch(JamTrack::solo);
  }

  private void record(String trackId, TapeEvent.Payload payload, String participantId) {
    deck.event(rendered, trackId, payload, participantId);
  }

  /** How far into the next blocks an event sounds: one block after it arrived, to the sample. */
  private int ahead(long arrivedNs) {
    return state == State.STOPPED ? 0 : (int) (schedule.soundingSample(arrivedNs) - schedule.nextSample());
  }

  private TransportTick tick() {
    TempoMap.Position at = transport.map().at(transport.position());
    return TransportTick.builder().currentSec((double) transport.position() / JamSettings.SAMPLE_RATE_HZ)
        .currentBeat(at.beat()).currentMeasure((int) at.measure()).playing(true).build();
  }

  private JamTelemetry telemetry(long nowNs) {
    List<TrackLevel> levels = new ArrayList<>();
    for (JamTrack track : tracks) {
      levels.add(TrackLevel.builder().trackId(track.trackId()).voicesActive(track.voicesActive())
          .peakDbfs(orNull(track.meter().peakBeforeDbfs())).build());
      track.meter().reset();
    }
    LevelMeter master = mixdown.meter();
    JamTelemetry report = JamTelemetry.builder().tracks(levels).masterPeakDbfs(orNull(master.peakBeforeDbfs()))
        .participantCount(session.members().size()).uptimeSec((nowNs - startedNs) / 1e9).build();
    master.reset();
    return report;
  }

  private static Double orNull(double dbfs) {
    return Double.isInfinite(dbfs) ? null : dbfs;
  }

  static final ScoreCursor.Player NO_ONE = new ScoreCursor.Player() {
    @Override
    public void on(LiveNote note, long songSample) {}

    @Override
    public void off(String noteId, long songSample) {}
  };

  private final class ScorePlayer implements ScoreCursor.Player {
    private final JamTrack track;
    private final long from;

    ScorePlayer(JamTrack track, long from) {
      this.track = track;
      this.from = from;
    }

    @Override
    public void on(LiveNote note, long songSample) {
      int ahead = (int) (songSample - from);
      track.noteOn(note, TapeEvent.SCORE, ahead);
      deck.noteOn(rendered + ahead, track, new TapeEvent.NoteOn(note), TapeEvent.SCORE, 0);
    }

    @Override
    public void off(String noteId, long songSample) {
      int ahead = (int) (songSample - from);
      track.noteOff(noteId, RELEASE_MS, ahead);
      deck.noteOff(rendered + ahead, track, new TapeEvent.NoteOff(noteId, RELEASE_MS), TapeEvent.SCORE);
    }
  }
}
