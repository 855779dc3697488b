package dev.cantora.daemon.jam;

import dev.cantora.api.jam.SessionCreate;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.jam.archive.JamArchive;
import dev.cantora.daemon.jam.session.JamCommand;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.KeptRoom;
import dev.cantora.daemon.jam.session.Member;
import dev.cantora.daemon.jam.session.SessionCard;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.security.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jam sessions of a daemon, the places in them, and the identities of those who dropped and may come back. */
public final class JamHub implements JamDirectory.Desk, AutoCloseable {

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

  private final SessionMaker maker;
  private final JamArchive archive;
  private final JamDirectory directory;
  private final int maxParticipants;
  private final Duration grace;
  private final Ids ids = new Ids();
  private final Rooms rooms;
  /** By resume token. */
  private final Map<String, Place> places = new HashMap<>();
  private boolean closed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("jam-grace").factory());

  /** @param directory of the sessions of other daemons @param grace how long a dropped participant's place is kept */
  JamHub(SessionMaker maker, JamDirectory directory, int maxSessions, int maxParticipants, Duration grace) {
    this.grace = grace;
    this.maker = maker;
    this.archive = maker.archive();
    this.directory = directory;
    this.maxParticipants = maxParticipants;
    this.rooms = new Rooms(maker, ids, maxSessions, maxParticipants, this::remove);
    rooms.keep(archive.load(InstantSource.system()));
    directory.open(this);
  }

  public int maxParticipants() {
    return maxParticipants;
  }

  /** Rooms that want to be found, on any daemon, the oldest first. */
  public List<SessionCard> listed() {
    List<SessionCard> here;
    synchronized (this) {
      here = rooms.cards();
    }
    return Stream.concat(here.stream(), directory.others().stream()).filter(SessionCard::listed)
        .sorted(Comparator.comparingLong(SessionCard::createdAtMs)).toList();
  }

  @Override
  public synchronized List<JamDirectory.Room> rooms() {
    return rooms.cards().stream().map(this::room).toList();
  }

  @Override
  public synchronized Optional<JamDirectory.Room> room(String sessionId) {
    return rooms.cards().stream().filter(card -> card.sessionId().equals(sessionId)).findFirst().map(this::room);
  }

  private JamDirectory.Room room(SessionCard card) {
    return new JamDirectory.Room(card, people(card.sessionId()));
  }

  private List<JamDirectory.Person> people(String sessionId) {
    Stream<JamDirectory.Person> present = places.values().stream()
        .filter(place -> place.identity.session().sessionId().equals(sessionId))
        .map(place -> new JamDirectory.Person(hash(place.identity.resumeToken()), place.identity.principalId()));
    return Stream.concat(present, former(rooms.former(sessionId))).distinct().toList();
  }

  private static Stream<JamDirectory.Person> former(List<SessionState.Person> people) {
    return people.stream().map(one -> new JamDirectory.Person(one.tokenHash(), one.principalId()));
  }

  @Override
  public Optional<JamDirectory.Tape> lend(String sessionId) {
    return tapeHere(sessionId).map(lent -> new JamDirectory.Tape(lent.ownerId(), lent.tape().join()));
  }

  /** Whether a session is here, open or asleep. */
  synchronized boolean knows(String sessionId) {
    return rooms.knows(sessionId);
  }

  /** A session of another daemon is this one's now; it sleeps until somebody joins. */
  synchronized void adopt(KeptRoom room) {
    rooms.adopt(room);
  }

  /** @param ownerId principal of the host @param tape null when nothing was ever recorded; fails when the session ends */
  record Tape(String ownerId, CompletableFuture<UnfinishedTape> tape) {}

  /** The tape of a session, empty when there is no such session on any daemon. */
  Optional<Tape> tape(String sessionId) {
    return tapeHere(sessionId).or(() -> directory.tape(sessionId)
        .map(far -> new Tape(far.ownerId(), CompletableFuture.completedFuture(far.tape()))));
  }

  private Optional<Tape> tapeHere(String sessionId) {
    Optional<JamSession> open;
    Optional<SessionState> asleep;
    Optional<UnfinishedTape> carried;
    synchronized (this) {
      open = rooms.session(sessionId);
      asleep = rooms.asleep(sessionId);
      carried = rooms.carriedTape(sessionId);
    }
    if (open.isEmpty()) {
      return asleep.map(state -> new Tape(state.ownerId(),
          CompletableFuture.completedFuture(carried.or(() -> archive.tape(sessionId)).orElse(null))));
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
  void enter(Identity identity, Holder holder) {
    synchronized (this) {
      places.put(identity.resumeToken(), new Place(identity, holder));
    }
    directory.tell(identity.session().sessionId());
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

  /** The daemon ends: other daemons get the sessions; without any, those with a tape are kept as they are, the others are gone. */
  @Override
  public void close() {
    Map<JamSession, CompletableFuture<KeptRoom>> suspended = new LinkedHashMap<>();
    synchronized (this) {
      closed = true;
      timer.shutdownNow();
      rooms.sessions().forEach(session -> suspended.put(session, new CompletableFuture<>()));
    }
    suspended.forEach((session, kept) -> session.post(new JamCommand.Suspend(kept)));
    try {
      CompletableFuture.allOf(suspended.values().toArray(CompletableFuture[]::new)).get(SUSPEND_SEC, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      LOG.warn("jam_sessions_not_suspended");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    if (directory != JamDirectory.ALONE) {
      handOver(suspended);
    }
    archive.close();
  }

  private void handOver(Map<JamSession, CompletableFuture<KeptRoom>> suspended) {
    suspended.forEach((session, kept) -> {
      KeptRoom room = kept.getNow(null);
      if (room != null && handOver(room)) {
        session.forgetKept();
      }
    });
    List<KeptRoom> asleep;
    synchronized (this) {
      asleep = rooms.sleepers(maker::kept);
    }
    asleep.stream().filter(this::handOver).forEach(room -> archive.drop(room.state().sessionId()));
  }

  private boolean handOver(KeptRoom room) {
    List<SessionState.Person> former;
    synchronized (this) {
      former = rooms.former(room.state().sessionId());
    }
    KeptRoom all = room.with(former);
    return directory.handOver(all, former(all.state().people()).toList());
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
