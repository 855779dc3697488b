package dev.cantora.daemon.live;

import dev.cantora.api.live.LiveClientMessage;
import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.json.SocketMessages;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.socket.CloseCode;
import dev.cantora.daemon.socket.Heartbeat;
import dev.cantora.daemon.socket.SocketConnection;
import dev.cantora.daemon.socket.SocketEndpoint;
import dev.cantora.daemon.socket.SocketListener;
import dev.cantora.daemon.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts live sessions on {@code /ws}: who may come in, how many at once, and how all of them end. */
public final class LiveEndpoint implements SocketEndpoint {

  /** A session from the upgrade to its last saved recording. */
  private record Open(SocketConnection connection, LiveSession session) {}

  private static final Logger LOG = LoggerFactory.getLogger(LiveEndpoint.class);

  private final AudioClock clock;
  private final Authenticator authenticator;
  private final Instrument.Library library;
  private final Function<String, LiveWords> words;
  private final TakeStore store;
  private final LiveMetrics metrics;
  private final SocketMessages<LiveClientMessage> messages;
  private final int maxSessions;
  private final AtomicInteger active = new AtomicInteger();
  private final Reporter reporter = new Reporter();
  private final Set<Open> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /**
   * @param schemas of the AsyncAPI document
   * @param store where recordings go
   * @param maxSessions connected at once, whether they said hello or not
   */
  LiveEndpoint(AudioClock clock, Authenticator authenticator, Schemas schemas, Instrument.Library library, Function<String, LiveWords> words,
      TakeStore store, LiveMetrics metrics, int maxSessions) {
    this.clock = clock;
    this.authenticator = authenticator;
    this.messages = new SocketMessages<>(LiveClientMessage.class, schemas);
    this.library = library;
    this.words = words;
    this.store = store;
    this.metrics = metrics;
    this.maxSessions = maxSessions;
  }

  /** Sessions connected now. */
  public int activeSessions() {
    return active.get();
  }

  @Override
  public SocketListener open(SocketConnection connection) {
    Optional<Principal> principal = authenticator.authenticate(connection.request().key());
    if (principal.isEmpty()) {
      connection.close(CloseCode.UNAUTHORIZED, "Unauthorized");
      return SocketListener.DEAF;
    }
    if (closing) {
      connection.close(CloseCode.GOING_AWAY, "Server shutting down");
      return SocketListener.DEAF;
    }
    int before = active.getAndUpdate(count -> count < maxSessions ? count + 1 : count);
    if (before >= maxSessions) {
      LOG.atWarn().addKeyValue("active", before).addKeyValue("max", maxSessions).log("live_session_rejected_full");
      connection.close(CloseCode.FULL, "Server full (" + before + "/" + maxSessions + ")");
      return SocketListener.DEAF;
    }
    return seat(connection, principal.get());
  }

  /** Has everything loaded that a first session needs. Takes up to a second; not for virtual threads. */
  public void rehearse() {
    new LiveRehearsal(messages, library, words.apply(Principal.ANONYMOUS.id()), new LiveMetrics(new Metrics())).play();
  }

  /**
   * Ends all sessions with 1001 and waits until their recordings are stored.
   *
   * @return whether all were in time
   */
  public boolean shutDown(Duration left) {
    closing = true;
    open.forEach(each -> each.connection().close(CloseCode.GOING_AWAY, "Server shutting down"));
    CompletableFuture<?>[] endings = open.stream().map(each -> each.session().ended()).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(endings).get(left.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      reporter.close();
    }
  }

  private SocketListener seat(SocketConnection connection, Principal principal) {
    String sessionId = UUID.randomUUID().toString();
    ConnectionOutput output = new ConnectionOutput(connection);
    Door door = new Door();
    LiveSession session = new LiveSession(sessionId, principal.id(), output, door, store, metrics);
    Open place = new Open(connection, session);
    open.add(place);
    if (closing) {
      // the shutdown that began meanwhile may have looked for connections before this one was among them
      connection.close(CloseCode.GOING_AWAY, "Server shutting down");
    }
    reporter.add(output);
    session.ended().thenRun(() -> {
      open.remove(place);
      reporter.remove(output);
    });
    door.seat = clock.join(session);
    LOG.atInfo().addKeyValue("session", sessionId).addKeyValue("principal", principal.id())
        .addKeyValue("active", active.get()).addKeyValue("max", maxSessions).log("live_session_connected");
    LiveConnection listener = new LiveConnection(session, output, messages, library, words.apply(principal.id()), metrics,
        clock.epochNs(), door.seat.scratch(), active::decrementAndGet);
    return new Farewell(listener, sessionId);
  }

  /** Logs the end of a connection. */
  private record Farewell(LiveConnection listener, String sessionId) implements SocketListener {
    @Override
    public void text(String message) {
      listener.text(message);
    }

    @Override
    public void binary(int lengthBytes) {
      listener.binary(lengthBytes);
    }

    @Override
    public void pong(long roundTripNanos) {
      listener.pong(roundTripNanos);
    }

    @Override
    public void closed(int code, String reason) {
      listener.closed(code, reason);
      if (code == CloseCode.POLICY && reason.equals(Heartbeat.MISSED)) {
        LOG.atWarn().addKeyValue("session", sessionId).log("ws_idle_timeout");
      }
      LOG.atInfo().addKeyValue("session", sessionId).addKeyValue("closeCode", code).log("live_session_disconnected");
    }
  }

  private final class Door implements SessionDoor {
    private volatile AudioClock.Seat seat;

    @Override
    public void wake() {
      AudioClock.Seat taken = seat;
      if (taken != null) {
        taken.wake();
      }
    }

    @Override
    public void leave() {
      seat.leave();
    }

    @Override
    public Instrument load(String presetId) {
      return library.load(presetId);
    }
  }
}
