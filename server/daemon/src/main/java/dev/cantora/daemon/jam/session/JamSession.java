package dev.cantora.daemon.jam.session;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.HostChanged;
import dev.cantora.api.jam.JamServerMessage;
import dev.cantora.api.jam.ParticipantJoined;
import dev.cantora.api.jam.ParticipantLeft;
import dev.cantora.api.jam.ParticipantUpdated;
import dev.cantora.api.jam.SessionCreated;
import dev.cantora.api.jam.SessionJoined;
import dev.cantora.api.jam.SessionLeft;
import dev.cantora.api.jam.Snapshot;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.audio.AudioTask;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.socket.CloseCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room: who is in it, and what reaches whom. All its state belongs to the audio thread that {@link #run}s it; others put
 * commands into its mailbox. The music is the {@link Band}'s.
 */
public final class JamSession implements AudioTask {

  /** What others may know without asking the audio thread. @param ownerId principal of the host, null before there is one */
  public record Card(String sessionId, String name, boolean listed, long createdAtMs, String ownerId, int participants,
      int spectators, int tracks, boolean playing, double bpm, boolean recording, boolean dormant) {

    /** Of a kept session that nobody is in. */
    public static Card asleep(SessionState state) {
      return new Card(state.sessionId(), state.name(), state.listed(), state.createdAtMs(), state.ownerId(), 0, 0,
          state.tracks().size(), false, state.bpm(), false, true);
    }
  }

  /** Tracks a session may have. */
  public static final int MAX_TRACKS = 32;

  private static final Logger LOG = LoggerFactory.getLogger(JamSession.class);

  private final JamSettings settings;
  private final Runnable onEmpty;
  private final Queue<JamCommand> mailbox = new ConcurrentLinkedQueue<>();
  private final List<Member> members = new ArrayList<>();
  private final SessionKeeper keeper;
  private final long createdAtMs;
  private final Band band;
  private final Commands commands;
  private final Recordings recordings;
  private final Map<String, String> lyricsLanguages = new ConcurrentHashMap<>();
  private final AtomicInteger tracksMade = new AtomicInteger();
  private volatile AudioClock.Seat seat;
  private Member host;
  private String formerHostId;
  private boolean restored;
  private boolean over;
  private volatile Card card;

  /** @param onEmpty called once, when nobody is left */
  public JamSession(JamSettings settings, AudioClock clock, TapeExports exports, SessionKeeper keeper,
      JamMetrics metrics, Runnable onEmpty) {
    this(settings, clock, exports, keeper, metrics, onEmpty, null);
  }

  /** A session that goes on where it was when the daemon ended; the first member in is its host until the former one is back. */
  public JamSession(Restored restored, AudioClock clock, TapeExports exports, SessionKeeper keeper,
      JamMetrics metrics, Runnable onEmpty) {
    this(restored.state().settings(), clock, exports, keeper, metrics, onEmpty, restored);
  }

  private JamSession(JamSettings settings, AudioClock clock, TapeExports exports, SessionKeeper keeper,
      JamMetrics metrics, Runnable onEmpty, Restored restored) {
    this.settings = settings;
    this.onEmpty = onEmpty;
    this.band = new Band(settings, clock.epochNs(), this, metrics);
    this.keeper = keeper;
    this.recordings = new Recordings(this, band, exports, keeper);
    this.commands = new Commands(this, band, recordings);
    this.createdAtMs = restored == null ? System.currentTimeMillis() : restored.state().createdAtMs();
    if (restored != null) {
      restore(restored);
    }
    this.card = describe();
    this.seat = clock.join(this);
  }

  /** Any thread. */
  public void post(JamCommand command) {
    mailbox.add(command);
    AudioClock.Seat taken = seat;
    if (taken != null) {
      taken.wake();
    }
  }

  /** Any thread; a moment old. */
  public Card card() {
    return card;
  }

  public String sessionId() {
    return settings.sessionId();
  }

  /** Settings of a new track. Any thread; every call uses up a number. */
  public TapeTrack newTrack(TrackAdd wanted) {
    int number = tracksMade.incrementAndGet();
    return new TapeTrack("track-" + number, wanted.presetId(), wanted.name() == null ? "Track " + number : wanted.name(),
        wanted.gainOrDefault(), wanted.panOrDefault(), false, false, wanted.defaultTimbre(),
        wanted.polyphonyLimitOrDefault(), settings.seed() + number + 1, 0);
  }

  /** Language of lyrics on a track, null when it has none of its own. Any thread. */
  public String lyricsLanguage(String trackId) {
    return lyricsLanguages.get(trackId);
  }

  void lyricsLanguage(String trackId, String language) {
    if (language != null) {
      lyricsLanguages.put(trackId, language);
    }
  }

  /** Sample of the stream that is rendered next; any thread, a block old. */
  public long streamSample() {
    return band.streamSample();
  }

  @Override
  public long run(long nowNs) {
    try {
      boolean changed = false;
      boolean worthKeeping = false;
      for (JamCommand command = mailbox.poll(); command != null && !over; command = mailbox.poll()) {
        handle(command, nowNs);
        changed = true;
        worthKeeping |= command.changesTheRoom();
      }
      if (changed) {
        card = describe();
      }
      if (worthKeeping && !over) {
        keeper.state(state());
      }
      return over ? IDLE : band.run(nowNs);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("session", settings.sessionId()).setCause(e).log("jam_session_failed");
      end(false);
      return IDLE;
    }
  }

  private void restore(Restored from) {
    SessionState state = from.state();
    restored = true;
    formerHostId = state.hostId();
    tracksMade.set(state.tracksMade());
    band.restore(state.position(), state.metronome(), from.tape());
    commands.restore(state.grid());
    for (Restored.Track track : from.tracks()) {
      JamTrack back = new JamTrack(track.state().settings(), track.state().ownerId(), track.instrument(), track.voice(),
          track.state().inputMode(), track.state().lyricsLanguage(), settings.blockSize());
      if (track.score() != null) {
        back.score(track.score());
        track.score().jump(0, band.transport().position(), Band.NO_ONE);
      }
      band.add(back);
      lyricsLanguage(back.trackId(), track.state().lyricsLanguage());
    }
  }

  private void handle(JamCommand command, long nowNs) {
    switch (command) {
      case JamCommand.Enter enter -> enter(enter);
      case JamCommand.Exit exit when exit.forGood() -> leave(exit.member());
      case JamCommand.Exit exit -> drop(exit.member());
      case JamCommand.Suspend(var done) -> suspend(done);
      case JamCommand.Said said when members.contains(said.member()) -> commands.said(said, nowNs);
      case JamCommand.Said late -> { }
      case JamCommand.AddTrack add when members.contains(add.member()) -> commands.addTrack(add);
      case JamCommand.AddTrack late -> { }
      case JamCommand.Note note when members.contains(note.member()) -> commands.note(note, nowNs);
      case JamCommand.Note late -> { }
      case JamCommand.SetScore score when members.contains(score.member()) -> commands.setScore(score);
      case JamCommand.SetScore late -> { }
      case JamCommand.LendTape(var answer) -> answer.complete(band.tape());
      case JamCommand.ExportStarted(var running) -> recordings.started(running);
      case JamCommand.ExportMoved(double fraction) -> recordings.moved(fraction);
      case JamCommand.ExportDone(var exported) -> recordings.done(exported);
      case JamCommand.ExportFailed(var member, var failure) -> recordings.failed(member, failure);
    }
  }

  int blockSize() {
    return settings.blockSize();
  }

  Member host() {
    return host;
  }

  List<Member> members() {
    return members;
  }

  Member member(String participantId) {
    return members.stream().filter(each -> each.participantId().equals(participantId)).findFirst().orElse(null);
  }

  void toAll(JamServerMessage message) {
    toOthers(null, message);
  }

  /** For reports that the next one replaces. */
  void offerAll(JamServerMessage message) {
    byte[] utf8 = Json.bytes(message);
    for (Member member : members) {
      if (member.output() != null) {
        member.output().offer(utf8);
      }
    }
  }

  void to(Member member, JamServerMessage message) {
    if (member.output() != null) {
      member.output().send(message);
    }
  }

  void refuse(Member member, ErrorCode code) {
    if (member.output() != null) {
      member.output().error(code);
    }
  }

  void refuse(Member member, ErrorCode code, String message) {
    if (member.output() != null) {
      member.output().error(code, message);
    }
  }

  void invalid(Member member, String path, String problem) {
    if (member.output() != null) {
      member.output().invalid(path, problem);
    }
  }

  void keepScore(String trackId, ScoreCursor score) {
    keeper.score(trackId, score.notes());
  }

  /** The tape is full. */
  void recordingEnded() {
    recordings.tell();
  }

  void handOver(Member next) {
    formerHostId = null;
    host = next;
    toAll(HostChanged.builder().hostId(next.participantId()).build());
  }

  private void enter(JamCommand.Enter enter) {
    Member member = enter.member();
    boolean back = members.contains(member);
    member.connect(enter.output(), enter.format(), enter.channels(), JamSettings.SAMPLE_RATE_HZ, settings.blockSize());
    boolean first = host == null;
    if (!back) {
      members.add(member);
    }
    if (first && !member.spectator()) {
      host = member;
    }
    if (first && !restored) {
      to(member, SessionCreated.builder().snapshot(snapshot()).build());
      return;
    }
    to(member, SessionJoined.builder().snapshot(snapshot()).yourParticipantId(member.participantId()).build());
    toOthers(member, back ? ParticipantUpdated.builder().participant(member.describe(member == host)).build()
        : ParticipantJoined.builder().participant(member.describe(member == host)).build());
    if (member.participantId().equals(formerHostId)) {
      formerHostId = null;
      if (member != host) {
        handOver(member);
      }
    }
  }

  private void leave(Member member) {
    if (!members.remove(member)) {
      return;
    }
    band.releaseHeldBy(member.participantId());
    to(member, SessionLeft.builder().sessionId(settings.sessionId()).build());
    member.disconnect();
    band.arrangeFar();
    toAll(ParticipantLeft.builder().participantId(member.participantId()).build());
    if (members.stream().allMatch(Member::spectator)) {
      end(true);
    } else if (member == host) {
      handOver(members.stream().filter(each -> !each.spectator())
          .min(java.util.Comparator.comparing((Member each) -> each.output() == null)).orElseThrow());
    }
  }

  private void drop(Member member) {
    if (members.contains(member)) {
      band.releaseHeldBy(member.participantId());
      member.disconnect();
      toAll(ParticipantUpdated.builder().participant(member.describe(member == host)).build());
    }
  }

  /** @param forget false leaves the tape on disk, for a session that broke */
  private void end(boolean forget) {
    if (!over) {
      over = true;
      for (Member member : members) {
        if (member.output() != null) {
          member.output().close(CloseCode.SESSION_DESTROYED, "Session destroyed");
        }
      }
      if (forget) {
        keeper.forget();
      }
      seat.leave();
      onEmpty.run();
    }
  }

  /** The daemon ends; what is kept will open the room again. */
  private void suspend(Runnable done) {
    if (!over) {
      if (band.recording()) {
        band.endRecording();
      }
      keeper.state(state());
      over = true;
      seat.leave();
    }
    done.run();
  }

  private SessionState state() {
    var tempo = band.transport().map().current();
    List<SessionState.Person> people = members.stream().map(Member::person).toList();
    return new SessionState(settings.sessionId(), settings.name(), settings.listed(), createdAtMs, tempo.bpm(),
        tempo.signature(), settings.blockSize(), settings.seed(), band.transport().position(), band.metronome(),
        commands.wireGrid().wire(), tracksMade.get(), hostId(), host == null ? null : host.principal().id(), people,
        band.tracksState());
  }

  private String hostId() {
    return host != null ? host.participantId() : formerHostId;
  }

  private void toOthers(Member except, JamServerMessage message) {
    byte[] utf8 = Json.bytes(message);
    for (Member member : members) {
      if (member != except && member.output() != null) {
        member.output().send(utf8);
      }
    }
  }

  private Snapshot snapshot() {
    return Snapshot.builder().sessionId(settings.sessionId()).createdAt(createdAtMs).hostId(hostId())
        .sampleRateHz(JamSettings.SAMPLE_RATE_HZ).blockSize(settings.blockSize()).seed(settings.seed())
        .transport(band.transport().describe()).tracks(band.describeTracks())
        .participants(members.stream().map(member -> member.describe(member == host)).toList())
        .name(settings.name()).listed(settings.listed()).recording(band.recording())
        .quantizeGrid(commands.wireGrid()).metronomeEnabled(band.metronome()).build();
  }

  private Card describe() {
    int spectators = (int) members.stream().filter(Member::spectator).count();
    return new Card(settings.sessionId(), settings.name(), settings.listed(), createdAtMs,
        host == null ? null : host.principal().id(), members.size() - spectators, spectators, band.trackCount(),
        band.transport().playing(), band.transport().map().current().bpm(), band.recording(), false);
  }
}
