package dev.cantora.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A WebSocket client that sends any bytes it is told to. For one thread that writes and one that reads. */
public final class RawPeer implements AutoCloseable {

  /** A frame from the server. */
  public record Frame(int head, byte[] payload) {
    public int opCode() {
      return head & 0x0F;
    }

    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** Close code of a close frame. */
    public int closeCode() {
      return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
    }

    public String closeReason() {
      return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
  }

  public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  public RawPeer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    out = socket.getOutputStream();
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
  }

  /** A peer that has done the handshake. */
  public static RawPeer connected(int port, String pathAndQuery) throws IOException {
    RawPeer peer = new RawPeer(port);
    String head = peer.handshake(pathAndQuery, "");
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException(head);
    }
    return peer;
  }

  /** Sends a correct handshake with further header lines (each ending in CRLF). @return the answer's head */
  public String handshake(String pathAndQuery, String moreHeaders) throws IOException {
    return request("GET " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n" + moreHeaders + "\r\n");
  }

  public String request(String head) throws IOException {
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    while (!answer.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      answer.write(b);
    }
    return answer.toString(StandardCharsets.US_ASCII);
  }

  public void text(String message) throws IOException {
    frame(0x81, message.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a masked frame with this first byte. */
  public void frame(int head, byte[] payload) throws IOException {
    out.write(masked(head, payload));
    out.flush();
  }

  public void bytes(byte[] raw) throws IOException {
    out.write(raw);
    out.flush();
  }

  public void hex(String raw) throws IOException {
    bytes(HexFormat.of().parseHex(raw.replace(" ", "")));
  }

  public void close(int code) throws IOException {
    frame(0x88, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /** The next frame, or null at the end of the stream. */
  public Frame read() throws IOException {
    int head = in.read();
    if (head < 0) {
      return null;
    }
    int length = in.readUnsignedByte();
    if (length > 127) {
      throw new IOException("server frames are not masked");
    }
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    return new Frame(head, in.readNBytes(length));
  }

  /** The next frame that is no ping; pings are answered. */
  public Frame next() throws IOException {
    while (true) {
      Frame frame = read();
      if (frame == null || frame.opCode() != 9) {
        return frame;
      }
      frame(0x8A, frame.payload());
    }
  }

  public Socket socket() {
    return socket;
  }

  /** Ends with a TCP reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  public static byte[] masked(int head, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(head);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65536) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >>> shift));
      }
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i & 3]);
    }
    return frame.toByteArray();
  }
}
