package dev.cantora.daemon.jam;

import dev.cantora.api.jam.JamClientMessage;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.json.SocketMessages;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.socket.CloseCode;
import dev.cantora.daemon.socket.RelayedEndpoint;
import dev.cantora.daemon.socket.SocketConnection;
import dev.cantora.daemon.socket.SocketEndpoint;
import dev.cantora.daemon.socket.SocketListener;
import dev.cantora.engine.lyrics.Phonemizer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on {@code /ws/jam}. */
public final class JamEndpoint implements SocketEndpoint, RelayedEndpoint.Relays {

  /** Of the socket. */
  public static final String PATH = "/ws/jam";

  /** Connections at once, in sessions or not: a bound for memory, far above what sessions can hold. */
  private static final int MAX_CONNECTIONS = 512;
  private static final Logger LOG = LoggerFactory.getLogger(JamEndpoint.class);

  private final Authenticator authenticator;
  private final JamHub hub;
  private final Lobby lobby;
  private final SocketMessages<JamClientMessage> messages;
  private final Instrument.Library library;
  private final Function<String, ScoreNotes> scoreNotes;
  private final Set<SocketConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger players = new AtomicInteger();
  private volatile boolean closing;

  /** @param schemas of the AsyncAPI document */
  JamEndpoint(Authenticator authenticator, Lobby lobby, Schemas schemas, Instrument.Library library,
      Phonemizer phonemizer, Dictionaries dictionaries) {
    this.authenticator = authenticator;
    this.lobby = lobby;
    this.hub = lobby.hub();
    this.messages = new SocketMessages<>(JamClientMessage.class, schemas);
    this.library = library;
    this.scoreNotes = principalId -> new ScoreNotes(phonemizer, language -> dictionaries.words(principalId, language));
  }

  /** Connected now. */
  public int activeConnections() {
    return open.size();
  }

  /** Sessions that exist now. */
  public int sessions() {
    return hub.sessions();
  }

  @Override
  public SocketListener open(SocketConnection connection) {
    Optional<Principal> principal = authenticator.authenticate(connection.request().key());
    if (principal.isEmpty()) {
      connection.close(CloseCode.UNAUTHORIZED, "Unauthorized");
      return SocketListener.DEAF;
    }
    return admit(connection, principal.get()).map(SocketListener.class::cast).orElse(SocketListener.DEAF);
  }

  @Override
  public Optional<SocketListener> open(String ticketName, SocketConnection connection) {
    return lobby.directory().take(ticketName).map(ticket -> {
      Optional<JamConnection> admitted = admit(connection, new Principal(ticket.principalId(), ticket.admin()));
      admitted.ifPresent(jam -> jam.goOn(ticket));
      return admitted.map(SocketListener.class::cast).orElse(SocketListener.DEAF);
    });
  }

  private Optional<JamConnection> admit(SocketConnection connection, Principal principal) {
    if (closing || open.size() >= MAX_CONNECTIONS) {
      connection.close(CloseCode.GOING_AWAY, closing ? "Server shutting down" : "Too many connections");
      return Optional.empty();
    }
    open.add(connection);
    if (closing) {
      // the shutdown that began meanwhile may have looked for connections before this one was among them
      connection.close(CloseCode.GOING_AWAY, "Server shutting down");
    }
    LOG.atInfo().addKeyValue("principal", principal.id()).addKeyValue("active", open.size()).log("jam_session_connected");
    return Optional.of(new JamConnection(connection, principal, lobby, messages, library, scoreNotes.apply(principal.id()),
        players::incrementAndGet, () -> closed(connection)));
  }

  /** Closes every connection with 1001 and ends all sessions. */
  public void shutDown() {
    closing = true;
    // first the sessions, so that connections which end do not end what is kept
    hub.close();
    open.forEach(connection -> connection.close(CloseCode.GOING_AWAY, "Server shutting down"));
  }

  private void closed(SocketConnection connection) {
    open.remove(connection);
    LOG.atInfo().addKeyValue("active", open.size()).log("jam_session_disconnected");
  }
}
