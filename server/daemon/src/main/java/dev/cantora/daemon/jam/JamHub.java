package dev.cantora.daemon.jam;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.SessionCreate;
import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.jam.archive.JamArchive;
import dev.cantora.daemon.jam.session.JamCommand;
import dev.cantora.daemon.jam.session.JamMetrics;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.JamSettings;
import dev.cantora.daemon.jam.session.Member;
import dev.cantora.daemon.jam.session.Restored;
import dev.cantora.daemon.jam.session.ScoreCursor;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.session.TapeExports;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.jam.time.TimeSignature;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.daemon.security.Principal;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jam sessions of a daemon, the places in them, and the identities of those who dropped and may come back. */
public final class JamHub implements AutoCloseable {

  /** How long a dropped participant's place is kept. */
  static final Duration GRACE = Duration.ofSeconds(30);
  private static final int MAX_SPECTATORS = 32;
  /** A session answers within a block, or it has ended. */
  private static final int LEND_SEC = 5;
  private static final int SUSPEND_SEC = 5;
  private static final Logger LOG = LoggerFactory.getLogger(JamHub.class);

  /** Somebody in a session, with the connection that speaks for them; null while it is down. */
  private static final class Place {
    private final Identity identity;
    private Holder holder;

    Place(Identity identity, Holder holder) {
      this.identity = identity;
      this.holder = holder;
    }
  }

  /** A connection that speaks for somebody. */
  interface Holder {
    /** Another connection goes on as the same participant. */
    void superseded();
  }

  /** A session and how many places are taken, counted before the session's thread hears of it, so that limits hold. */
  private static final class Room {
    private final JamSession session;
    /** Who was in it when an earlier daemon ended, and may come back. */
    private final List<SessionState.Person> former;
    private int members;
    private int spectators;

    Room(JamSession session, List<SessionState.Person> former) {
      this.session = session;
      this.former = former;
    }
  }

  private final AudioClock clock;
  private final TapeExports exports;
  private final int maxSessions;
  private final int maxParticipants;
  private final SecureRandom random = new SecureRandom();
  private final JamArchive archive;
  private final JamMetrics metrics;
  private final Instrument.Library library;
  private final Map<String, Room> rooms = new HashMap<>();
  /** Kept by an earlier daemon, nobody in them yet. */
  private final Map<String, SessionState> dormant = new HashMap<>();
  /** By resume token. */
  private final Map<String, Place> places = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("jam-grace").factory());

  /** @param library for the voices of sessions that are woken @param archive closed with the hub */
  public JamHub(AudioClock clock, TapeExports exports, Instrument.Library library, JamArchive archive,
      JamMetrics metrics, int maxSessions, int maxParticipants) {
    this.clock = clock;
    this.exports = exports;
    this.library = library;
    this.archive = archive;
    this.metrics = metrics;
    this.maxSessions = maxSessions;
    this.maxParticipants = maxParticipants;
    archive.load(InstantSource.system()).forEach(state -> dormant.put(state.sessionId(), state));
    if (!dormant.isEmpty()) {
      LOG.atInfo().addKeyValue("sessions", dormant.size()).log("jam_sessions_kept");
    }
  }

  public int maxParticipants() {
    return maxParticipants;
  }

  /** Rooms that want to be found. */
  public synchronized List<JamSession.Card> listed() {
    Stream<JamSession.Card> asleep = dormant.values().stream().map(JamSession.Card::asleep);
    return Stream.concat(rooms.values().stream().map(room -> room.session.card()), asleep).filter(JamSession.Card::listed)
        .sorted(Comparator.comparingLong(JamSession.Card::createdAtMs)).toList();
  }

  /** @param ownerId principal of the host @param tape null when nothing was ever recorded; fails when the session ends */
  record Tape(String ownerId, CompletableFuture<UnfinishedTape> tape) {}

  /** The tape of a session, empty when there is no such session. */
  Optional<Tape> tape(String sessionId) {
    Room room;
    SessionState asleep;
    synchronized (this) {
      room = rooms.get(sessionId);
      asleep = dormant.get(sessionId);
    }
    if (room == null) {
      return Optional.ofNullable(asleep).map(state -> new Tape(state.ownerId(),
          CompletableFuture.completedFuture(archive.tape(sessionId).orElse(null))));
    }
    CompletableFuture<UnfinishedTape> tape = new CompletableFuture<>();
    room.session.post(new JamCommand.LendTape(tape));
    return Optional.of(new Tape(room.session.card().ownerId(), tape.orTimeout(LEND_SEC, TimeUnit.SECONDS)));
  }

  /** Sessions that exist now. */
  public synchronized int sessions() {
    return rooms.size();
  }

  /** @throws ApiException MAX_SESSIONS */
  synchronized JamSession create(SessionCreate wanted) {
    if (rooms.size() >= maxSessions) {
      throw new ApiException(ErrorCode.MAX_SESSIONS);
    }
    String id = newId();
    TimeSignature metre = wanted.timeSig() == null ? TimeSignature.COMMON
        : new TimeSignature(wanted.timeSig().num(), wanted.timeSig().den());
    JamSettings settings = new JamSettings(id, wanted.name() == null ? "Jam " + id : wanted.name(),
        wanted.listedOrDefault(), wanted.bpmOrDefault(), metre, wanted.blockSizeOrDefault(),
        wanted.seed() == null ? random.nextInt() : wanted.seed());
    Room room = new Room(new JamSession(settings, clock, exports, archive.keep(id), metrics, () -> remove(id)), List.of());
    room.members = 1;
    rooms.put(id, room);
    LOG.atInfo().addKeyValue("session", id).addKeyValue("active", rooms.size()).log("jam_session_created");
    return room.session;
  }

  /** @throws ApiException SESSION_NOT_FOUND, SESSION_FULL */
  synchronized JamSession join(String sessionId, boolean spectator) {
    Room room = rooms.get(sessionId);
    if (room == null && !spectator && dormant.containsKey(sessionId)) {
      room = wake(dormant.get(sessionId));
    }
    if (room == null) {
      throw new ApiException(ErrorCode.SESSION_NOT_FOUND);
    }
    if (spectator ? room.spectators >= MAX_SPECTATORS : room.members >= maxParticipants) {
      throw new ApiException(ErrorCode.SESSION_FULL);
    }
    if (spectator) {
      room.spectators++;
    } else {
      room.members++;
    }
    return room.session;
  }

  /** Opens a kept session again; a track whose voice is gone stays away. */
  private Room wake(SessionState state) {
    if (rooms.size() >= maxSessions) {
      throw new ApiException(ErrorCode.MAX_SESSIONS);
    }
    String id = state.sessionId();
    List<Restored.Track> tracks = new ArrayList<>();
    for (SessionState.TrackState track : state.tracks()) {
      try {
        Instrument instrument = library.load(track.settings().presetId());
        LiveVoice voice = instrument.newVoice(new LiveConfig(JamSettings.SAMPLE_RATE_HZ, 1,
            track.settings().polyphonyLimit(), track.settings().seed(), track.settings().defaultTimbre()));
        ScoreCursor score = track.hasScore()
            ? archive.score(id, track.settings().trackId()).map(ScoreCursor::new).orElse(null) : null;
        tracks.add(new Restored.Track(track, instrument, voice, score));
      } catch (RuntimeException noVoice) {
        LOG.atWarn().addKeyValue("session", id).addKeyValue("track", track.settings().trackId()).setCause(noVoice)
            .log("jam_track_not_restored");
      }
    }
    Restored restored = new Restored(state, archive.tape(id).orElse(null), tracks);
    Room room = new Room(new JamSession(restored, clock, exports, archive.keepOn(id), metrics, () -> remove(id)), state.people());
    dormant.remove(id);
    rooms.put(id, room);
    LOG.atInfo().addKeyValue("session", id).addKeyValue("active", rooms.size()).log("jam_session_woken");
    return room;
  }

  /** Somebody is in a session, spoken for by this connection. */
  synchronized void enter(Identity identity, Holder holder) {
    places.put(identity.resumeToken(), new Place(identity, holder));
  }

  /** Somebody leaves for good, unless another connection has taken over. */
  synchronized void leave(Identity identity, Holder holder) {
    Place place = places.get(identity.resumeToken());
    if (place != null && place.holder == holder) {
      vacate(identity);
    }
  }

  /** A connection is lost: its place is kept for the grace time, unless another connection has taken over. */
  synchronized void drop(Identity identity, Holder holder) {
    Place place = places.get(identity.resumeToken());
    if (place != null && place.holder == holder) {
      place.holder = null;
      identity.session().post(new JamCommand.Exit(identity.member(), false));
      timer.schedule(() -> expire(place), GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Goes on as whom the token names, while the place is kept or even while an old connection still seems to stand, which
   * is how it looks to the daemon when a network changed under a player.
   *
   * @param principal only the same can resume
   */
  Optional<Identity> resume(String token, Principal principal, Holder holder) {
    Holder earlier;
    Identity identity;
    synchronized (this) {
      Place place = places.get(token);
      if (place == null) {
        return returned(token, principal, holder);
      }
      if (!place.identity.principalId().equals(principal.id())
          || !rooms.containsKey(place.identity.session().sessionId())) {
        return Optional.empty();
      }
      earlier = place.holder;
      identity = place.identity;
      // a new place, so that the timer of the old one expires nobody
      places.put(token, new Place(identity, holder));
    }
    if (earlier != null) {
      earlier.superseded();
    }
    return Optional.of(identity);
  }

  String newToken() {
    return hex(16);
  }

  String newParticipantId() {
    return hex(6);
  }

  /** The daemon ends: sessions with a tape are kept as they are, the others are gone. */
  @Override
  public void close() {
    timer.shutdownNow();
    List<JamSession> all;
    synchronized (this) {
      all = rooms.values().stream().map(room -> room.session).toList();
    }
    CountDownLatch suspended = new CountDownLatch(all.size());
    all.forEach(session -> session.post(new JamCommand.Suspend(suspended::countDown)));
    try {
      if (!suspended.await(SUSPEND_SEC, TimeUnit.SECONDS)) {
        LOG.warn("jam_sessions_not_suspended");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    archive.close();
  }

  /** Somebody who was in a session when an earlier daemon ended. */
  private Optional<Identity> returned(String token, Principal principal, Holder holder) {
    String hash = hash(token);
    Stream<Map.Entry<String, SessionState.Person>> known = Stream.concat(
        rooms.entrySet().stream().flatMap(room -> room.getValue().former.stream().map(one -> Map.entry(room.getKey(), one))),
        dormant.entrySet().stream().flatMap(room -> room.getValue().people().stream().map(one -> Map.entry(room.getKey(), one))));
    return known.filter(one -> one.getValue().tokenHash().equals(hash) && one.getValue().principalId().equals(principal.id()))
        .findFirst().flatMap(found -> {
          SessionState.Person person = found.getValue();
          try {
            JamSession session = join(found.getKey(), person.spectator());
            Member member = new Member(person.participantId(), person.displayName(), principal, person.spectator(), hash);
            Identity identity = new Identity(token, principal.id(), member, session, person.spectator());
            places.put(token, new Place(identity, holder));
            return Optional.of(identity);
          } catch (ApiException fullOrAsleep) {
            return Optional.empty();
          }
        });
  }

  /** What is kept of a resume token. */
  static String hash(String token) {
    return Sha256.hex(token.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void expire(Place place) {
    if (places.get(place.identity.resumeToken()) == place && place.holder == null) {
      vacate(place.identity);
    }
  }

  private void vacate(Identity identity) {
    places.remove(identity.resumeToken());
    identity.session().post(new JamCommand.Exit(identity.member(), true));
    Room room = rooms.get(identity.session().sessionId());
    if (room == null || room.session != identity.session()) {
      return;
    }
    if (identity.spectator()) {
      room.spectators--;
    } else if (--room.members == 0) {
      // the session ends itself; nobody may join it any more
      rooms.remove(identity.session().sessionId());
    }
  }

  private synchronized void remove(String sessionId) {
    rooms.remove(sessionId);
    places.values().removeIf(place -> place.identity.session().sessionId().equals(sessionId));
    LOG.atInfo().addKeyValue("session", sessionId).addKeyValue("active", rooms.size()).log("jam_session_ended");
  }

  private String newId() {
    String id = hex(4);
    return rooms.containsKey(id) || dormant.containsKey(id) ? newId() : id;
  }

  private String hex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
