package dev.cantora.daemon.jam;

import dev.cantora.api.jam.SessionCreate;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.jam.archive.JamArchive;
import dev.cantora.daemon.jam.session.JamCommand;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.Member;
import dev.cantora.daemon.jam.session.SessionCard;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.security.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jam sessions of a daemon, the places in them, and the identities of those who dropped and may come back. */
public final class JamHub implements AutoCloseable {

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

  private final JamArchive archive;
  private final int maxParticipants;
  private final Duration grace;
  private final Ids ids = new Ids();
  private final Rooms rooms;
  /** By resume token. */
  private final Map<String, Place> places = new HashMap<>();
  private boolean closed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("jam-grace").factory());

  /** @param archive of the maker; closed with the hub @param grace how long a dropped participant's place is kept */
  JamHub(SessionMaker maker, JamArchive archive, int maxSessions, int maxParticipants, Duration grace) {
    this.grace = grace;
    this.archive = archive;
    this.maxParticipants = maxParticipants;
    this.rooms = new Rooms(maker, ids, maxSessions, maxParticipants, this::remove);
    rooms.keep(archive.load(InstantSource.system()));
  }

  public int maxParticipants() {
    return maxParticipants;
  }

  /** Rooms that want to be found. */
  public synchronized List<SessionCard> listed() {
    return rooms.listed();
  }

  /** @param ownerId principal of the host @param tape null when nothing was ever recorded; fails when the session ends */
  record Tape(String ownerId, CompletableFuture<UnfinishedTape> tape) {}

  /** The tape of a session, empty when there is no such session. */
  Optional<Tape> tape(String sessionId) {
    Optional<JamSession> open;
    Optional<SessionState> asleep;
    synchronized (this) {
      open = rooms.session(sessionId);
      asleep = rooms.asleep(sessionId);
    }
    if (open.isEmpty()) {
      return asleep.map(state -> new Tape(state.ownerId(),
          CompletableFuture.completedFuture(archive.tape(sessionId).orElse(null))));
    }
    CompletableFuture<UnfinishedTape> tape = new CompletableFuture<>();
    open.get().post(new JamCommand.LendTape(tape));
    return Optional.of(new Tape(open.get().card().ownerId(), tape.orTimeout(LEND_SEC, TimeUnit.SECONDS)));
  }

  /** Sessions that exist now. */
  public synchronized int sessions() {
    return rooms.size();
  }

  /** @throws ApiException MAX_SESSIONS */
  synchronized JamSession create(SessionCreate wanted) {
    return rooms.create(wanted);
  }

  /** @throws ApiException SESSION_NOT_FOUND, SESSION_FULL */
  synchronized JamSession join(String sessionId, boolean spectator) {
    return rooms.join(sessionId, spectator);
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

  /**
   * A connection is lost: its place is kept for the grace time, unless another connection has taken over or the daemon ends.
   */
  synchronized void drop(Identity identity, Holder holder) {
    Place place = places.get(identity.resumeToken());
    if (!closed && place != null && place.holder == holder) {
      place.holder = null;
      identity.session().post(new JamCommand.Exit(identity.member(), false));
      timer.schedule(() -> expire(place), grace.toMillis(), TimeUnit.MILLISECONDS);
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
          || !rooms.isOpen(place.identity.session().sessionId())) {
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
    return ids.resumeToken();
  }

  String newParticipantId() {
    return ids.participant();
  }

  /** The daemon ends: sessions with a tape are kept as they are, the others are gone. */
  @Override
  public void close() {
    List<JamSession> all;
    synchronized (this) {
      closed = true;
      timer.shutdownNow();
      all = rooms.sessions();
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
    return rooms.former(one -> one.tokenHash().equals(hash) && one.principalId().equals(principal.id())).flatMap(found -> {
      SessionState.Person person = found.person();
      try {
        JamSession session = rooms.join(found.sessionId(), person.spectator());
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
    rooms.vacate(identity.session(), identity.spectator());
  }

  private synchronized void remove(String sessionId) {
    places.values().removeIf(place -> place.identity.session().sessionId().equals(sessionId));
    rooms.remove(sessionId);
  }
}
