package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.Participant;
import dev.cantora.api.jam.ParticipantJoined;
import dev.cantora.api.jam.ParticipantLeft;
import dev.cantora.api.jam.ParticipantUpdated;
import dev.cantora.api.jam.SessionCreated;
import dev.cantora.api.jam.SessionJoined;
import dev.cantora.api.jam.SessionLeft;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.audio.AudioTask;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.socket.CloseCode;
import dev.cantora.engine.LiveVoice;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room: what happens in it, in the order of its mailbox. All its state belongs to the audio thread that {@link #run}s it;
 * others put commands into the mailbox. Who is in it is the {@link Roster}'s, the music the {@link Band}'s.
 */
public final class JamSession implements AudioTask {

  /** @param lyricsLanguage or null */
  private record Supplies(LiveVoice voice, String lyricsLanguage) {}

  /** Tracks a session may have. */
  public static final int MAX_TRACKS = 32;

  private static final Logger LOG = LoggerFactory.getLogger(JamSession.class);

  private final JamSettings settings;
  private final Runnable onEmpty;
  private final Queue<JamCommand> mailbox = new ConcurrentLinkedQueue<>();
  private final Roster roster = new Roster();
  private final SessionKeeper keeper;
  private final Band band;
  private final Commands commands;
  private final Recordings recordings;
  private final SessionDescription described;
  /** By track id, for threads that prepare what a track will need. */
  private final Map<String, Supplies> supplies = new ConcurrentHashMap<>();
  private final AtomicInteger tracksMade = new AtomicInteger();
  private volatile AudioClock.Seat seat;
  private boolean restored;
  private boolean over;
  private volatile SessionCard card;

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
    this.band = new Band(settings, clock.epochNs(), roster, metrics);
    this.keeper = keeper;
    this.recordings = new Recordings(this, roster, band, exports, keeper);
    this.commands = new Commands(this, roster, band, recordings);
    long createdAtMs = restored == null ? System.currentTimeMillis() : restored.state().createdAtMs();
    this.described = new SessionDescription(settings, createdAtMs, roster, band, commands::wireGrid);
    if (restored != null) {
      restore(restored);
    }
    this.card = described.card();
    this.seat = clock.join(this);
    keeper.onTrouble(() -> post(new JamCommand.TapeNotKept()));
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
  public SessionCard card() {
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
    Supplies known = supplies.get(trackId);
    return known == null ? null : known.lyricsLanguage();
  }

  /** Singers for a greater polyphony of a track. Any thread but the audio thread, as they take time. */
  public LiveVoice.Reserve reserve(String trackId, int voices) {
    Supplies known = supplies.get(trackId);
    return known == null ? LiveVoice.Reserve.NONE : known.voice().reserve(voices);
  }

  void supply(JamTrack track) {
    supplies.put(track.trackId(), new Supplies(track.voice(), track.lyricsLanguage()));
  }

  void withdraw(JamTrack track) {
    supplies.remove(track.trackId());
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
        card = described.card();
      }
      if (worthKeeping && !over) {
        keeper.state(described.state(tracksMade.get()));
      }
      if (over) {
        return IDLE;
      }
      long nextNs = band.run(nowNs);
      recordings.stopWhenFull();
      return nextNs;
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("session", settings.sessionId()).setCause(e).log("jam_session_failed");
      end(false);
      return IDLE;
    }
  }

  private void restore(Restored from) {
    SessionState state = from.state();
    restored = true;
    roster.formerHost(state.hostId());
    tracksMade.set(state.tracksMade());
    band.restore(state, from.tape());
    commands.restore(state.grid());
    for (Restored.Track track : from.tracks()) {
      JamTrack back = new JamTrack(track.state().settings(), track.state().ownerId(), track.instrument(), track.voice(),
          track.state().inputMode(), track.state().lyricsLanguage(), settings.blockSize());
      if (track.score() != null) {
        back.score(track.score());
        track.score().jump(0, band.transport().position(), ScorePlaying.UNHEARD);
      }
      band.add(back);
      supply(back);
    }
    if (state.recording() && from.tape() != null) {
      band.deck().goOn(keeper);
    }
    if (state.playing()) {
      band.play(0, System.nanoTime());
    }
  }

  private void handle(JamCommand command, long nowNs) {
    switch (command) {
      case JamCommand.Enter enter -> enter(enter);
      case JamCommand.Exit exit when exit.forGood() -> leave(exit.member());
      case JamCommand.Exit exit -> drop(exit.member());
      case JamCommand.Suspend(var kept) -> kept.complete(suspend());
      case JamCommand.Said said when roster.holds(said.member()) -> commands.said(said, nowNs);
      case JamCommand.Said late -> { }
      case JamCommand.AddTrack add when roster.holds(add.member()) -> commands.addTrack(add);
      case JamCommand.AddTrack late -> { }
      case JamCommand.UpdateTrack update when roster.holds(update.member()) -> commands.updateTrack(update);
      case JamCommand.UpdateTrack late -> { }
      case JamCommand.Note note when roster.holds(note.member()) -> commands.note(note, nowNs);
      case JamCommand.Note late -> { }
      case JamCommand.SetScore score when roster.holds(score.member()) -> commands.setScore(score);
      case JamCommand.SetScore late -> { }
      case JamCommand.TapeNotKept() -> recordings.notKept();
      case JamCommand.LendTape(var answer) -> answer.complete(band.deck().tape());
      case JamCommand.ExportStarted(var running) -> recordings.started(running);
      case JamCommand.ExportMoved(double fraction) -> recordings.moved(fraction);
      case JamCommand.ExportDone(var exported) -> recordings.done(exported);
      case JamCommand.ExportFailed(var member, var failure) -> recordings.failed(member, failure);
    }
  }

  int blockSize() {
    return settings.blockSize();
  }

  void keepScore(String trackId, ScoreCursor score) {
    keeper.score(trackId, score.notes());
  }

  private void enter(JamCommand.Enter enter) {
    Member member = enter.member();
    boolean first = roster.host() == null;
    member.connect(enter.output(), enter.format(), enter.channels(), JamSettings.SAMPLE_RATE_HZ, settings.blockSize());
    boolean back = roster.add(member);
    if (first && !restored) {
      roster.to(member, SessionCreated.builder().snapshot(described.snapshot()).build());
      return;
    }
    roster.to(member, SessionJoined.builder().snapshot(described.snapshot())
        .yourParticipantId(member.participantId()).build());
    Participant seen = member.describe(member == roster.host());
    roster.toOthers(member, back ? ParticipantUpdated.builder().participant(seen).build()
        : ParticipantJoined.builder().participant(seen).build());
    roster.welcomeBack(member);
  }

  private void leave(Member member) {
    if (!roster.remove(member)) {
      return;
    }
    band.releaseHeldBy(member.participantId());
    roster.to(member, SessionLeft.builder().sessionId(settings.sessionId()).build());
    member.disconnect();
    band.arrangeFar();
    roster.toAll(ParticipantLeft.builder().participantId(member.participantId()).build());
    if (roster.onlySpectators()) {
      end(true);
    } else if (member == roster.host()) {
      roster.handOverToTheNext();
    }
  }

  private void drop(Member member) {
    if (roster.holds(member)) {
      band.releaseHeldBy(member.participantId());
      member.disconnect();
      roster.toAll(ParticipantUpdated.builder().participant(member.describe(member == roster.host())).build());
    }
  }

  /** @param forget false leaves the tape on disk, for a session that broke */
  private void end(boolean forget) {
    if (!over) {
      over = true;
      roster.closeAll(CloseCode.SESSION_DESTROYED, "Session destroyed");
      if (forget) {
        keeper.forget();
      }
      seat.leave();
      onEmpty.run();
    }
  }

  /** The daemon ends; what is kept will open the room again, here or on another node. */
  private KeptRoom suspend() {
    if (over) {
      return null;
    }
    boolean playing = band.transport().playing();
    boolean recording = band.deck().recording();
    if (playing || recording) {
      band.hush();
    }
    if (recording) {
      band.deck().stop();
    }
    SessionState state = described.state(tracksMade.get());
    keeper.state(state);
    over = true;
    seat.leave();
    return new KeptRoom(state.going(playing, recording), band.deck().tape(), band.tracks().scores());
  }

  /** Another node has it all. Any thread. */
  public void forgetKept() {
    keeper.forget();
  }
}
