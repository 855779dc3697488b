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
import dev.cantora.daemon.jam.tape.TapeRecorder;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.jam.time.Grid;
import dev.cantora.daemon.jam.time.TempoMap;
import dev.cantora.engine.LiveNote;
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
  private final Transport transport;
  private final BlockSchedule schedule;
  private final Mixdown mixdown;
  private final List<JamTrack> tracks = new ArrayList<>();
  /** Removed, and fading out. */
  private final List<JamTrack> leaving = new ArrayList<>();
  private final long startedNs = System.nanoTime();
  private State state = State.STOPPED;
  private Grid grid = Grid.NONE;
  private TapeRecorder recorder;
  private UnfinishedTape tape;
  private long tapeZero;
  private long fadeUntil;
  private long telemetryNs;
  /** Samples rendered since the session began; never runs back. */
  private long rendered;
  private long blocksSincePlay;
  private volatile long streamSample;

  Band(JamSettings settings, long clockEpochNs, JamSession session) {
    this.settings = settings;
    this.session = session;
    this.transport = new Transport(JamSettings.SAMPLE_RATE_HZ, settings.bpm(), settings.metre());
    this.schedule = new BlockSchedule(clockEpochNs, JamSettings.SAMPLE_RATE_HZ, settings.blockSize());
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
      schedule.moveIfHopeless(nowNs);
      block();
      if (recorder != null && recorder.full(tapeSample(0))) {
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

  // ---- transport ----

  void play(int countInMeasures, long nowNs) {
    if (state == State.PLAYING) {
      return;
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
      TempoMap.Position at = transport.map().at(transport.position());
      record("", new TapeEvent.Tempo(transport.map().current().bpm(), transport.map().current().signature(), at.measure(),
          at.beat()), null);
    }
  }

  // ---- tracks ----

  void add(JamTrack track) {
    tracks.add(track);
    track.open(anySolo());
    if (recorder != null) {
      recorder.track(track.forTape(tapeSample(0)));
    }
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

  dev.cantora.engine.LiveVoice.NoteAck noteOn(JamTrack track, LiveNote note, String participantId, long arrivedNs) {
    int ahead = ahead(arrivedNs);
    var ack = track.noteOn(note, participantId, ahead);
    // while it is counted in, the song line stands still and the beats lead up to its position
    long shift = grid.shift(transport.map(), transport.position() - transport.countInLeft() + ahead);
    if (recorder != null) {
      recorder.noteOn(tapeSample(ahead), track.trackId(), new TapeEvent.NoteOn(note), participantId, shift);
    }
    return ack;
  }

  void noteOff(JamTrack track, String noteId, double releaseMs, String participantId, long arrivedNs) {
    int ahead = ahead(arrivedNs);
    track.noteOff(noteId, releaseMs, ahead);
    if (recorder != null) {
      recorder.noteOff(tapeSample(ahead), track.trackId(), new TapeEvent.NoteOff(noteId, releaseMs), participantId);
    }
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

  void control(JamTrack track, dev.cantora.engine.LiveVoice.Controller controller, double value, String participantId) {
    track.control(controller, value);
    record(track.trackId(), new TapeEvent.Control(controller, value), participantId);
  }

  // ---- tape ----

  boolean recording() {
    return recorder != null;
  }

  /** Begins a tape: with the tracks as they are, and with the notes that sound and the controllers that were moved. */
  void record(TapeJournal journal) {
    TempoMap.Segment now = transport.map().current();
    recorder = new TapeRecorder(JamSettings.SAMPLE_RATE_HZ, settings.blockSize(), now.bpm(), now.signature(), settings.seed(),
        journal);
    tapeZero = rendered;
    for (JamTrack track : tracks) {
      recorder.track(track.forTape(0));
      track.controls().forEach((controller, value) ->
          recorder.event(0, track.trackId(), new TapeEvent.Control(controller, value), null));
      for (JamTrack.Held held : track.held()) {
        recorder.noteOn(0, track.trackId(), new TapeEvent.NoteOn(held.note()), held.participantId(), 0);
      }
    }
  }

  void endRecording() {
    tape = recorder.stop(tapeSample(0));
    recorder = null;
  }

  /** Of the recording that runs, else of the tape that is there. */
  double recordedSec() {
    long samples = recorder != null ? tapeSample(0) : tape != null ? tape.recordedSamples() : 0;
    return (double) samples / JamSettings.SAMPLE_RATE_HZ;
  }

  int recordedEvents() {
    return recorder != null ? recorder.eventCount() : tape != null ? tape.events().size() : 0;
  }

  /** The tape, or what runs so far; null when nothing was ever recorded. */
  UnfinishedTape tape() {
    return recorder != null ? recorder.snapshot(tapeSample(0)) : tape;
  }

  // ---- one block ----

  private void block() {
    mixdown.begin(anyoneInStereo());
    int done = 0;
    while (done < settings.blockSize()) {
      done += segment(done);
    }
    mixdown.finish();
    long sequence = blocksSincePlay++;
    for (Member member : session.members()) {
      if (member.output() != null) {
        member.frame(mixdown.heard(member.channels(), member.hearsMetronome()), sequence);
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
      track.render(frames, offset, mixdown.mono(), mixdown.stereo());
    }
    renderLeaving(frames, offset);
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

  private void renderLeaving(int frames, int offset) {
    for (int i = leaving.size() - 1; i >= 0; i--) {
      JamTrack track = leaving.get(i);
      track.render(frames, offset, mixdown.mono(), mixdown.stereo());
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
    if (recorder != null) {
      recorder.event(tapeSample(0), trackId, payload, participantId);
    }
  }

  private long tapeSample(int ahead) {
    return rendered - tapeZero + ahead;
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

  private static final ScoreCursor.Player NO_ONE = new ScoreCursor.Player() {
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
      if (recorder != null) {
        recorder.noteOn(tapeSample(ahead), track.trackId(), new TapeEvent.NoteOn(note), TapeEvent.SCORE, 0);
      }
    }

    @Override
    public void off(String noteId, long songSample) {
      int ahead = (int) (songSample - from);
      track.noteOff(noteId, RELEASE_MS, ahead);
      if (recorder != null) {
        recorder.noteOff(tapeSample(ahead), track.trackId(), new TapeEvent.NoteOff(noteId, RELEASE_MS), TapeEvent.SCORE);
      }
    }
  }
}
