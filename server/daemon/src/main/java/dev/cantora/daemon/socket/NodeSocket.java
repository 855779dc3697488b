package dev.cantora.daemon.socket;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import javax.net.ssl.SSLSocketFactory;

/** The way to a socket of another node, opened with a ticket of this one. */
public final class NodeSocket implements AutoCloseable {

  /** Names the ticket. */
  public static final String TICKET_HEADER = "X-Cantora-Relay";

  private static final int CONNECT_MS = 3000;
  private static final int ANSWER_MS = 10_000;
  private static final int MAX_HEAD_BYTES = 16 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private NodeSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /**
   * Connects and upgrades.
   *
   * @param node URL of the node
   * @throws IOException when it is not there or does not take the socket
   */
  public static NodeSocket open(URI node, String path, String ticket) throws IOException {
    boolean tls = "https".equals(node.getScheme());
    Socket socket = tls ? SSLSocketFactory.getDefault().createSocket() : new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(node.getHost(), node.getPort() >= 0 ? node.getPort() : tls ? 443 : 80), CONNECT_MS);
      socket.setSoTimeout(ANSWER_MS);
      NodeSocket opened = new NodeSocket(socket);
      opened.upgrade(node.getAuthority(), path, ticket);
      socket.setSoTimeout(0);
      return opened;
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  private void upgrade(String authority, String path, String ticket) throws IOException {
    byte[] key = new byte[16];
    new SecureRandom().nextBytes(key);
    out.write(("GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + Base64.getEncoder().encodeToString(key) + "\r\n"
        + TICKET_HEADER + ": " + ticket + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.length() == MAX_HEAD_BYTES) {
        throw new IOException("the node did not answer");
      }
      head.append((char) next);
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the node does not take the socket: " + head.substring(0, head.indexOf("\r")));
    }
  }

  /** @return bytes read, -1 at the end */
  int read(byte[] bytes) {
    try {
      return in.read(bytes);
    } catch (IOException gone) {
      return -1;
    }
  }

  /** Waits until the node takes it. */
  void write(byte[] bytes, int from, int count) {
    try {
      out.write(bytes, from, count);
    } catch (IOException gone) {
      // the reading side hears of it, and ends everything
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException harmless) {
      // it is gone either way
    }
  }
}
