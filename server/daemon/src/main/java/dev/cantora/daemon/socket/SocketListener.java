package dev.cantora.daemon.socket;

/** Hears what a peer sends. Called in order on the connection's own virtual thread, except {@link #closed}. */
public interface SocketListener {

  /** Listener of a connection that was refused. */
  SocketListener DEAF = new SocketListener() {
    @Override
    public void text(String message) {}

    @Override
    public void binary(int lengthBytes) {}

    @Override
    public void closed(int code, String reason) {}
  };

  void text(String message);

  /** The payload is dropped: no client of ours has a reason to send one. */
  void binary(int lengthBytes);

  /** A pong for a ping of ours arrived. @param roundTripNanos since that ping was written */
  default void pong(long roundTripNanos) {}

  /**
   * The connection is over for the endpoint: free everything. Exactly once, as soon as it is known, on any thread; the
   * TCP connection may linger for the close handshake. @param code {@link CloseCode#ABNORMAL} when the peer vanished
   */
  void closed(int code, String reason);
}
