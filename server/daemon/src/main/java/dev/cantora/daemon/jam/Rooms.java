package dev.cantora.daemon.jam;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.SessionCreate;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.JamSettings;
import dev.cantora.daemon.jam.session.KeptRoom;
import dev.cantora.daemon.jam.session.SessionCard;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.jam.time.TimeSignature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions and how many places in them are taken, counted before a session's thread hears of it, so that limits hold; and
 * sessions that an earlier daemon kept and nobody has opened again. Guarded by the hub's lock.
 */
final class Rooms {

  private static final int MAX_SPECTATORS = 32;
  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

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

  /** A session that nobody has opened again. @param carried all of it, or null when that is in the archive */
  private record Sleeper(SessionState state, KeptRoom carried) {}

  /** Somebody who was in a session when an earlier daemon ended. */
  record Former(String sessionId, SessionState.Person person) {}

  private final SessionMaker maker;
  private final Ids ids;
  private final int maxSessions;
  private final int maxParticipants;
  private final Consumer<String> onEmpty;
  private final Map<String, Room> rooms = new HashMap<>();
  private final Map<String, Sleeper> dormant = new HashMap<>();

  /** @param onEmpty told the id of a session that has ended, on its audio thread */
  Rooms(SessionMaker maker, Ids ids, int maxSessions, int maxParticipants, Consumer<String> onEmpty) {
    this.maker = maker;
    this.ids = ids;
    this.maxSessions = maxSessions;
    this.maxParticipants = maxParticipants;
    this.onEmpty = onEmpty;
  }

  /** Takes over what an earlier daemon kept. */
  void keep(List<SessionState> states) {
    states.forEach(state -> dormant.put(state.sessionId(), new Sleeper(state, null)));
    if (!dormant.isEmpty()) {
      LOG.atInfo().addKeyValue("sessions", dormant.size()).log("jam_sessions_kept");
    }
  }

  /** Takes over what another daemon handed over. */
  void adopt(KeptRoom room) {
    dormant.put(room.state().sessionId(), new Sleeper(room.state(), room));
    LOG.atInfo().addKeyValue("session", room.state().sessionId()).log("jam_session_taken_over");
  }

  /** Whether it is here, open or asleep. */
  boolean knows(String sessionId) {
    return rooms.containsKey(sessionId) || dormant.containsKey(sessionId);
  }

  /** What sleeps here. @param archived makes the whole of what is in the archive */
  List<KeptRoom> sleepers(Function<SessionState, KeptRoom> archived) {
    return dormant.values().stream().map(one -> one.carried != null ? one.carried : archived.apply(one.state)).toList();
  }

  int size() {
    return rooms.size();
  }

  boolean isOpen(String sessionId) {
    return rooms.containsKey(sessionId);
  }

  List<JamSession> sessions() {
    return rooms.values().stream().map(room -> room.session).toList();
  }

  Optional<JamSession> session(String sessionId) {
    return Optional.ofNullable(rooms.get(sessionId)).map(room -> room.session);
  }

  Optional<SessionState> asleep(String sessionId) {
    return Optional.ofNullable(dormant.get(sessionId)).map(Sleeper::state);
  }

  /** The tape of a session that sleeps here and is not in the archive. */
  Optional<UnfinishedTape> carriedTape(String sessionId) {
    return Optional.ofNullable(dormant.get(sessionId)).map(Sleeper::carried).map(KeptRoom::tape);
  }

  /** All that are here, whether they want to be found or not. */
  List<SessionCard> cards() {
    Stream<SessionCard> asleep = dormant.values().stream().map(one -> SessionCard.asleep(one.state));
    return Stream.concat(rooms.values().stream().map(room -> room.session.card()), asleep).toList();
  }

  /** Those who were in a session when an earlier daemon ended. */
  List<SessionState.Person> former(String sessionId) {
    Sleeper asleep = dormant.get(sessionId);
    Room room = rooms.get(sessionId);
    return asleep != null ? asleep.state.people() : room != null ? room.former : List.of();
  }

  /** @throws ApiException MAX_SESSIONS */
  JamSession create(SessionCreate wanted) {
    requireRoomForOneMore();
    String id = newId();
    TimeSignature metre = wanted.timeSig() == null ? TimeSignature.COMMON
        : new TimeSignature(wanted.timeSig().num(), wanted.timeSig().den());
    JamSettings settings = new JamSettings(id, wanted.name() == null ? "Jam " + id : wanted.name(),
        wanted.listedOrDefault(), wanted.bpmOrDefault(), metre, wanted.blockSizeOrDefault(),
        wanted.seed() == null ? ids.seed() : wanted.seed());
    Room room = new Room(maker.create(settings, () -> onEmpty.accept(id)), List.of());
    room.members = 1;
    rooms.put(id, room);
    LOG.atInfo().addKeyValue("session", id).addKeyValue("active", rooms.size()).log("jam_session_created");
    return room.session;
  }

  /** Takes a place in a session; a member wakes one that sleeps. @throws ApiException SESSION_NOT_FOUND, SESSION_FULL, MAX_SESSIONS */
  JamSession join(String sessionId, boolean spectator) {
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

  /** Gives a place back. */
  void vacate(JamSession session, boolean spectator) {
    Room room = rooms.get(session.sessionId());
    if (room == null || room.session != session) {
      return;
    }
    if (spectator) {
      room.spectators--;
    } else if (--room.members == 0) {
      // the session ends itself; nobody may join it any more
      rooms.remove(session.sessionId());
    }
  }

  void remove(String sessionId) {
    rooms.remove(sessionId);
    LOG.atInfo().addKeyValue("session", sessionId).addKeyValue("active", rooms.size()).log("jam_session_ended");
  }

  /** The first of those who were in a session when an earlier daemon ended. */
  Optional<Former> former(Predicate<SessionState.Person> wanted) {
    Stream<Former> open = rooms.entrySet().stream()
        .flatMap(room -> room.getValue().former.stream().map(one -> new Former(room.getKey(), one)));
    Stream<Former> asleep = dormant.entrySet().stream()
        .flatMap(room -> room.getValue().state.people().stream().map(one -> new Former(room.getKey(), one)));
    return Stream.concat(open, asleep).filter(one -> wanted.test(one.person())).findFirst();
  }

  private Room wake(Sleeper asleep) {
    requireRoomForOneMore();
    SessionState state = asleep.state;
    String id = state.sessionId();
    Runnable empty = () -> onEmpty.accept(id);
    Room room = new Room(asleep.carried != null ? maker.wake(asleep.carried, empty) : maker.wake(state, empty), state.people());
    dormant.remove(id);
    rooms.put(id, room);
    LOG.atInfo().addKeyValue("session", id).addKeyValue("active", rooms.size()).log("jam_session_woken");
    return room;
  }

  private void requireRoomForOneMore() {
    if (rooms.size() >= maxSessions) {
      throw new ApiException(ErrorCode.MAX_SESSIONS);
    }
  }

  private String newId() {
    String id = ids.session();
    return rooms.containsKey(id) || dormant.containsKey(id) ? newId() : id;
  }
}
