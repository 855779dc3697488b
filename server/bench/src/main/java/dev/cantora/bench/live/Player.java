package dev.cantora.bench.live;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One simulated player: the client's end of a session, without a thread of its own. */
final class Player {

  /** What becomes of a session in the end. */
  enum State { CONNECTING, UPGRADING, GREETING, READY, PLAYING, ENDED }

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int FRAME_HEAD_BYTES = 16;
  /** Notes are sent this much ahead. */
  private static final long LEAD_SAMPLES = 96_000;

  private final Part part;
  private final Tally tally;
  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final MemorySegment inBytes = MemorySegment.ofBuffer(in);
  private final ByteBuffer out = ByteBuffer.allocateDirect(4096);
  private State state = State.CONNECTING;
  private int nextCue;
  private long nextSeq;

  private Player(Part part, Tally tally, SocketChannel channel) {
    this.part = part;
    this.tally = tally;
    this.channel = channel;
    in.order(ByteOrder.LITTLE_ENDIAN);
  }

  static Player connect(Selector selector, InetSocketAddress daemon, Part part, Tally tally) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Player player = new Player(part, tally, channel);
    channel.connect(daemon);
    channel.register(selector, SelectionKey.OP_CONNECT, player);
    return player;
  }

  State state() {
    return state;
  }

  Tally tally() {
    return tally;
  }

  /** Frames received, those before the measurement included. */
  long frames() {
    return nextSeq;
  }

  void play() throws IOException {
    state = State.PLAYING;
    send("{\"type\":\"transport\",\"command\":\"play\"}");
    sendCues(0);
  }

  /** Stops reading for good, as a peer does whose network died. */
  void freeze(Selector selector) {
    channel.keyFor(selector).interestOps(0);
  }

  /** Leaves without a close frame. @param reset by RST, else by FIN */
  void vanish(boolean reset) throws IOException {
    if (reset) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    close();
  }

  void close() throws IOException {
    state = State.ENDED;
    channel.close();
  }

  /** Takes what came in. A connection that breaks is trouble for this player only. */
  void ready(SelectionKey key) {
    try {
      take(key);
    } catch (IOException broken) {
      tally.lost("the connection broke: " + broken.getMessage());
      key.cancel();
      state = State.ENDED;
    }
  }

  private void take(SelectionKey key) throws IOException {
    if (key.isConnectable() && channel.finishConnect()) {
      key.interestOps(SelectionKey.OP_READ);
      state = State.UPGRADING;
      write(ByteBuffer.wrap(("GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII)));
    } else if (key.isReadable()) {
      int count = channel.read(in);
      if (count < 0) {
        tally.lost("the daemon closed the connection");
        close();
        return;
      }
      in.flip();
      if (state != State.UPGRADING || upgraded()) {
        frames(System.nanoTime());
      }
      in.compact();
    }
  }

  private boolean upgraded() throws IOException {
    for (int i = in.position(); i + 3 < in.limit(); i++) {
      if (in.get(i) == '\r' && in.get(i + 1) == '\n' && in.get(i + 2) == '\r' && in.get(i + 3) == '\n') {
        in.position(i + 4);
        state = State.GREETING;
        send(part.hello());
        return true;
      }
    }
    return false;
  }

  private void frames(long nowNs) throws IOException {
    while (in.remaining() >= 2 && state != State.ENDED) {
      int start = in.position();
      int opCode = in.get(start) & 0xF;
      int length = in.get(start + 1) & 0x7F;
      int head = 2;
      if (length == 126) {
        if (in.remaining() < 4) {
          return;
        }
        length = (in.get(start + 2) & 0xFF) << 8 | in.get(start + 3) & 0xFF;
        head = 4;
      }
      if (in.remaining() < head + length) {
        return;
      }
      in.position(start + head + length);
      switch (opCode) {
        case 1 -> text(start + head, length, nowNs);
        case 2 -> audio(start + head, length, nowNs);
        case 8 -> tally.lost("closed with " + ((in.get(start + head) & 0xFF) << 8 | in.get(start + head + 1) & 0xFF));
        case 9 -> frame(0x8A, start + head, length);
        default -> tally.lost("an unknown frame");
      }
    }
  }

  private void audio(int at, int length, long nowNs) throws IOException {
    long seq = in.getInt(at) & 0xFFFFFFFFL;
    boolean fits = length == FRAME_HEAD_BYTES + part.blockSize() * Float.BYTES
        && part.matches(seq, inBytes, at + FRAME_HEAD_BYTES);
    tally.frame(seq, fits, nowNs);
    nextSeq = seq + 1;
    sendCues(seq);
  }

  private void sendCues(long seq) throws IOException {
    long until = (seq + 1) * part.blockSize() + LEAD_SAMPLES;
    while (nextCue < part.cues().size() && part.cues().get(nextCue).atSample() < until) {
      send(part.cues().get(nextCue++).message());
    }
  }

  private void text(int at, int length, long nowNs) {
    // {"type":"x...: telemetry comes often and is not read
    byte kind = in.get(at + 9);
    if (kind == 't') {
      return;
    }
    byte[] bytes = new byte[length];
    in.get(at, bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.startsWith("{\"type\":\"hello_ack\"")) {
      state = State.READY;
    } else if (text.startsWith("{\"type\":\"note_ack\"")) {
      tally.noteAck(text, nowNs);
    } else if (text.startsWith("{\"type\":\"error\"")) {
      tally.lost(text);
    }
  }

  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    head(0x81, bytes.length);
    out.put(bytes);
    write(out.flip());
  }

  private void frame(int opCode, int at, int length) throws IOException {
    head(opCode, length);
    out.put(in.slice(at, length));
    write(out.flip());
  }

  /** Masked with zeros, which RFC 6455 allows. */
  private void head(int opCode, int length) {
    out.clear().put((byte) opCode);
    if (length < 126) {
      out.put((byte) (0x80 | length));
    } else {
      out.put((byte) (0x80 | 126)).putShort((short) length);
    }
    out.putInt(0);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
