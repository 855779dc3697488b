package dev.cantora.daemon.socket;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Optional;

/** Stands before an endpoint and takes sockets that other nodes of the cluster relay; they have checked who the client is. */
public final class RelayedEndpoint implements SocketEndpoint {
  private static final HeaderName TICKET = HeaderNames.create(NodeSocket.TICKET_HEADER);

  private final SocketEndpoint clients;
  private final Relays relays;

  /** Where a ticket leads. */
  @FunctionalInterface
  public interface Relays {
    /** @return empty for a ticket that nobody knows, which makes the peer a client like others */
    Optional<SocketListener> open(String ticket, SocketConnection connection);
  }

  public RelayedEndpoint(SocketEndpoint clients, Relays relays) {
    this.clients = clients;
    this.relays = relays;
  }

  @Override
  public SocketListener open(SocketConnection connection) {
    return connection.request().header(TICKET).flatMap(ticket -> relays.open(ticket, connection))
        .orElseGet(() -> clients.open(connection));
  }
}
