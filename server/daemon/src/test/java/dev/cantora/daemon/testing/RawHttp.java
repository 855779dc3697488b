package dev.cantora.daemon.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bytes over a socket, for requests that no decent client would send. */
public final class RawHttp {
  private static final int TIMEOUT_MS = 30_000;

  private RawHttp() {}

  /** As {@link #send(int, byte[])}, but says that nothing more follows, so a head that never ends is over at once. */
  public static Reply sendAndShut(int port, byte[] request) {
    return send(port, request, true);
  }

  /** Sends bytes and reads until the daemon closes the connection or one whole answer is there; null when none came. */
  public static Reply send(int port, byte[] request) {
    return send(port, request, false);
  }

  private static Reply send(int port, byte[] request, boolean shut) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.setTcpNoDelay(true);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        if (shut) {
          socket.shutdownOutput();
        }
      } catch (IOException cutOff) {
        // the daemon may have answered and closed before everything was sent
      }
      return read(socket.getInputStream());
    } catch (IOException reset) {
      return null;
    }
  }

  public static Reply send(int port, String request) {
    return send(port, request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads one answer; null at the end of the stream. */
  public static Reply read(InputStream in) throws IOException {
    String statusLine = line(in);
    if (statusLine == null) {
      return null;
    }
    int status = Integer.parseInt(statusLine.split(" ")[1]);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>()).add(line.substring(colon + 1).strip());
    }
    HttpHeaders all = HttpHeaders.of(headers, (name, value) -> true);
    int length = (int) all.firstValueAsLong("Content-Length").orElse(0);
    return new Reply(status, all, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
