package dev.cantora.daemon.socket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes from a client to messages, strict where RFC 6455 says MUST: masked frames, no reserved bits or op codes, shortest
 * length form, control frames whole and at most 125 bytes, continuations only where one is open, valid UTF-8 (known at
 * the first wrong byte), valid close codes. Messages are capped whole, not per frame. Binary payloads are counted and
 * dropped, as no protocol here has any from clients.
 */
final class FrameParser {

  /** Receives what was parsed, in order. */
  interface Sink {
    void text(String message);

    void binary(int lengthBytes);

    void ping(byte[] payload);

    void pong(byte[] payload);

    /** @param code {@link CloseCode#NO_STATUS} when the peer stated none */
    void close(int code, String reason);
  }

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MAX_CONTROL_BYTES = 125;
  /** More fragments than this in one message is abuse: 64 KiB in pieces of 16 bytes. */
  private static final int MAX_FRAGMENTS = 4096;

  private final Sink sink;
  private final int maxMessageBytes;

  private final byte[] head = new byte[14];
  private int headLength;
  private int headNeeded = 2;

  private boolean inPayload;
  private boolean fin;
  private int opCode;
  private int payloadLength;
  private int payloadRead;

  private final byte[] control = new byte[MAX_CONTROL_BYTES];
  private byte[] message = new byte[256];
  private int messageLength;
  private int openMessage = CONTINUATION;
  private int fragments;
  private final Utf8Check utf8 = new Utf8Check();
  private boolean closed;
  private boolean halted;

  FrameParser(Sink sink, int maxMessageBytes) {
    this.sink = sink;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Reads no further than the end of the frame that is being handled: what follows is somebody else's. */
  void halt() {
    halted = true;
  }

  /**
   * Bytes after a close frame are ignored, as RFC 6455 section 5.5.1 allows.
   *
   * @return where it stopped, before the end only when it was halted
   */
  int feed(byte[] bytes, int from, int to) throws ProtocolViolation {
    int at = from;
    while (at < to && !closed && !halted) {
      if (!inPayload) {
        at = readHead(bytes, at, to);
      }
      if (inPayload) {
        at = readPayload(bytes, at, to);
        if (payloadRead == payloadLength) {
          inPayload = false;
          endFrame();
        }
      }
    }
    return at;
  }

  private int readHead(byte[] bytes, int from, int to) throws ProtocolViolation {
    int at = from;
    while (at < to) {
      head[headLength++] = bytes[at++];
      if (headLength == 2) {
        checkStart();
      }
      if (headLength == headNeeded) {
        beginPayload();
        break;
      }
    }
    return at;
  }

  private void checkStart() throws ProtocolViolation {
    fin = (head[0] & 0x80) != 0;
    opCode = head[0] & 0x0F;
    int length = head[1] & 0x7F;
    require((head[0] & 0x70) == 0, "reserved bits are set");
    require((head[1] & 0x80) != 0, "client frames must be masked");
    switch (opCode) {
      case CONTINUATION -> require(openMessage != CONTINUATION, "continuation without a message");
      case TEXT, BINARY -> require(openMessage == CONTINUATION, "a new message inside a message");
      case CLOSE, PING, PONG -> require(fin && length <= MAX_CONTROL_BYTES, "control frame fragmented or over 125 bytes");
      default -> throw new ProtocolViolation(CloseCode.PROTOCOL_ERROR, "reserved op code");
    }
    headNeeded = 6 + (length == 126 ? 2 : length == 127 ? 8 : 0);
  }

  private void beginPayload() throws ProtocolViolation {
    int lengthBytes = headNeeded - 6;
    long length = head[1] & 0x7F;
    if (lengthBytes > 0) {
      length = 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = length << 8 | head[2 + i] & 0xFF;
      }
      require(length >= 0 && length > (lengthBytes == 2 ? 125 : 65535), "payload length not in its shortest form");
    }
    long total = isControl() ? length : messageLength + length;
    if (length > maxMessageBytes || total > Math.max(maxMessageBytes, MAX_CONTROL_BYTES)) {
      throw new ProtocolViolation(CloseCode.TOO_BIG, "message over " + maxMessageBytes + " bytes");
    }
    if (!isControl()) {
      if (opCode != CONTINUATION) {
        openMessage = opCode;
        fragments = 0;
      }
      if (++fragments > MAX_FRAGMENTS) {
        throw new ProtocolViolation(CloseCode.TOO_BIG, "message in over " + MAX_FRAGMENTS + " fragments");
      }
      if (openMessage == TEXT && total > message.length) {
        message = Arrays.copyOf(message, (int) Math.min(maxMessageBytes, Math.max(total, 2L * message.length)));
      }
    }
    payloadLength = (int) length;
    payloadRead = 0;
    inPayload = true;
  }

  private int readPayload(byte[] bytes, int from, int to) throws ProtocolViolation {
    int count = Math.min(to - from, payloadLength - payloadRead);
    if (isControl() || openMessage == TEXT) {
      byte[] target = isControl() ? control : message;
      int offset = isControl() ? payloadRead : messageLength;
      int mask = headNeeded - 4;
      for (int i = 0; i < count; i++) {
        target[offset + i] = (byte) (bytes[from + i] ^ head[mask + (payloadRead + i & 3)]);
      }
      if (!isControl() && !utf8.accept(message, messageLength, messageLength + count)) {
        throw new ProtocolViolation(CloseCode.INVALID_DATA, "text is not UTF-8");
      }
    }
    if (!isControl()) {
      messageLength += count;
    }
    payloadRead += count;
    return from + count;
  }

  private void endFrame() throws ProtocolViolation {
    headLength = 0;
    headNeeded = 2;
    switch (opCode) {
      case CLOSE -> endClose();
      case PING -> sink.ping(Arrays.copyOf(control, payloadLength));
      case PONG -> sink.pong(Arrays.copyOf(control, payloadLength));
      default -> {
        if (fin) {
          endMessage();
        }
      }
    }
  }

  private void endMessage() throws ProtocolViolation {
    int kind = openMessage;
    int length = messageLength;
    openMessage = CONTINUATION;
    messageLength = 0;
    if (kind == BINARY) {
      sink.binary(length);
      return;
    }
    boolean complete = utf8.complete();
    utf8.reset();
    if (!complete) {
      throw new ProtocolViolation(CloseCode.INVALID_DATA, "text ends inside a character");
    }
    sink.text(new String(message, 0, length, StandardCharsets.UTF_8));
  }

  private void endClose() throws ProtocolViolation {
    closed = true;
    if (payloadLength == 0) {
      sink.close(CloseCode.NO_STATUS, "");
      return;
    }
    require(payloadLength >= 2, "close frame of one byte");
    int code = (control[0] & 0xFF) << 8 | control[1] & 0xFF;
    require(CloseCode.permittedFromPeer(code), "close code not permitted");
    Utf8Check reasonCheck = new Utf8Check();
    if (!reasonCheck.accept(control, 2, payloadLength) || !reasonCheck.complete()) {
      throw new ProtocolViolation(CloseCode.INVALID_DATA, "close reason is not UTF-8");
    }
    sink.close(code, new String(control, 2, payloadLength - 2, StandardCharsets.UTF_8));
  }

  private boolean isControl() {
    return opCode >= CLOSE;
  }

  private static void require(boolean condition, String reason) throws ProtocolViolation {
    if (!condition) {
      throw new ProtocolViolation(CloseCode.PROTOCOL_ERROR, reason);
    }
  }
}
