package dev.cantora.daemon.socket;

/** Accepts connections on one path. */
@FunctionalInterface
public interface SocketEndpoint {

  /**
   * Called on the connection's own virtual thread once the upgrade is answered. To refuse a peer, {@link
   * SocketConnection#close close} the connection and return a listener that ignores everything.
   */
  SocketListener open(SocketConnection connection);
}
