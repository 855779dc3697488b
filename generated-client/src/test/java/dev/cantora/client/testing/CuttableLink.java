package dev.cantora.client.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A loopback port that passes bytes on to another one until its connections are cut, as a bad line does. */
public final class CuttableLink implements AutoCloseable {
  private final ServerSocket server;
  private final int targetPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> silent = ConcurrentHashMap.newKeySet();

  public CuttableLink(int targetPort) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.targetPort = targetPort;
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Ends the connections that stand; new ones are served. */
  public void cut() {
    sockets.forEach(CuttableLink::drop);
    sockets.clear();
  }

  /** Passes nothing more on for the connections that stand and ends none of them, as a line whose far end lost its power. */
  public void silence() {
    silent.addAll(sockets);
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        sockets.add(near);
        sockets.add(far);
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (from; to) {
      byte[] buffer = new byte[8192];
      for (int read; (read = from.getInputStream().read(buffer)) >= 0; ) {
        if (!silent.contains(from)) {
          to.getOutputStream().write(buffer, 0, read);
        }
      }
    } catch (IOException cut) {
      // the other direction ends with it
    }
  }

  private static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
