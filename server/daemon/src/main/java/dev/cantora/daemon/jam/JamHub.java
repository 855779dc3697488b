package dev.cantora.daemon.jam;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.SessionCreate;
import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.jam.session.JamCommand;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.JamSettings;
import dev.cantora.daemon.jam.session.TapeExports;
import dev.cantora.daemon.jam.time.TimeSignature;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jam sessions of a daemon, the places in them, and the identities of those who dropped and may come back. */
public final class JamHub implements AutoCloseable {

  /** How long a dropped participant's place is kept. */
  static final Duration GRACE = Duration.ofSeconds(30);
  private static final int MAX_SPECTATORS = 32;
  private static final Logger LOG = LoggerFactory.getLogger(JamHub.class);

  /** A place in a session, taken before the session's thread hears of it, so that limits hold. */
  private static final class Room {
    private final JamSession session;
    private int members;
    private int spectators;

    Room(JamSession session) {
      this.session = session;
    }
  }

  private final AudioClock clock;
  private final TapeExports exports;
  private final int maxSessions;
  private final int maxParticipants;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Room> rooms = new HashMap<>();
  private final Map<String, Identity> dropped = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("jam-grace").factory());

  public JamHub(AudioClock clock, TapeExports exports, int maxSessions, int maxParticipants) {
    this.clock = clock;
    this.exports = exports;
    this.maxSessions = maxSessions;
    this.maxParticipants = maxParticipants;
  }

  public int maxParticipants() {
    return maxParticipants;
  }

  /** Rooms that want to be found. */
  public synchronized List<JamSession.Card> listed() {
    return rooms.values().stream().map(room -> room.session.card()).filter(JamSession.Card::listed)
        .sorted(java.util.Comparator.comparingLong(JamSession.Card::createdAtMs)).toList();
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
    Room room = new Room(new JamSession(settings, clock, exports, () -> remove(id)));
    room.members = 1;
    rooms.put(id, room);
    LOG.atInfo().addKeyValue("session", id).addKeyValue("active", rooms.size()).log("jam_session_created");
    return room.session;
  }

  /** @throws ApiException SESSION_NOT_FOUND, SESSION_FULL */
  synchronized JamSession join(String sessionId, boolean spectator) {
    Room room = rooms.get(sessionId);
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

  /** The place of somebody who left for good is free. */
  synchronized void free(JamSession session, boolean spectator) {
    Room room = rooms.get(session.card().sessionId());
    if (room == null || room.session != session) {
      return;
    }
    if (spectator) {
      room.spectators--;
    } else if (--room.members == 0) {
      // the session ends itself; nobody may join it any more
      rooms.remove(session.card().sessionId());
    }
  }

  /** Keeps a dropped participant's place for the grace time. */
  synchronized void keep(Identity identity) {
    dropped.put(identity.resumeToken(), identity);
    timer.schedule(() -> expire(identity), GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The identity of a token whose grace time lasts; it is taken out. */
  synchronized Optional<Identity> resume(String token) {
    Optional<Identity> identity = Optional.ofNullable(dropped.remove(token));
    return identity.filter(each -> rooms.containsKey(each.session().card().sessionId()));
  }

  String newToken() {
    return hex(16);
  }

  String newParticipantId() {
    return hex(6);
  }

  /** Ends all sessions. */
  @Override
  public void close() {
    timer.shutdownNow();
    List<JamSession> all;
    synchronized (this) {
      all = rooms.values().stream().map(room -> room.session).toList();
    }
    all.forEach(session -> session.post(new JamCommand.Destroy()));
  }

  private void expire(Identity identity) {
    boolean stillGone;
    synchronized (this) {
      stillGone = dropped.remove(identity.resumeToken(), identity);
    }
    if (stillGone) {
      identity.session().post(new JamCommand.Exit(identity.member(), true));
      free(identity.session(), identity.spectator());
    }
  }

  private synchronized void remove(String sessionId) {
    rooms.remove(sessionId);
    LOG.atInfo().addKeyValue("session", sessionId).addKeyValue("active", rooms.size()).log("jam_session_ended");
  }

  private String newId() {
    String id = hex(4);
    return rooms.containsKey(id) ? newId() : id;
  }

  private String hex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
