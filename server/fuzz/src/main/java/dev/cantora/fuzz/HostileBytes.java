package dev.cantora.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes for sockets whose sender never read the standards: HTTP heads and WebSocket frames. */
public final class HostileBytes {
  private static final byte[] HEAD = ("POST /api/v1/phonemize HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      + "Content-Length: 2\r\nConnection: close\r\n\r\n{}").getBytes(StandardCharsets.ISO_8859_1);
  private static final int[] OP_CODES = {0, 1, 2, 8, 9, 10, 3, 11};
  private static final int MOST_PAYLOAD = 300;

  private final Random random;

  public HostileBytes(long seed) {
    this.random = new Random(seed);
  }

  /** A request with up to six bytes changed, or cut off, or with a line twice. */
  public byte[] head() {
    byte[] head = HEAD.clone();
    for (int i = random.nextInt(6); i >= 0; i--) {
      head[random.nextInt(head.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(8) == 0 ? java.util.Arrays.copyOf(head, random.nextInt(head.length)) : head;
  }

  /**
   * A frame after RFC 6455 that is right half of the time: otherwise with reserved bits, unknown or control op codes,
   * fragments, no mask, a length that lies, or no UTF-8.
   */
  public byte[] frame() {
    boolean right = random.nextBoolean();
    int first = right ? 0x81 : random.nextInt(8) << 4 | OP_CODES[random.nextInt(OP_CODES.length)] | (random.nextBoolean() ? 0x80 : 0);
    byte[] payload = payload(right);
    int stated = !right && random.nextInt(8) == 0 ? random.nextInt(70_000) : payload.length;
    boolean masked = right || random.nextInt(8) != 0;
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    length(frame, stated, masked, right ? 0 : random.nextInt(16));
    byte[] mask = new byte[4];
    if (masked) {
      random.nextBytes(mask);
      frame.writeBytes(mask);
    }
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i & 3]);
    }
    return frame.toByteArray();
  }

  private byte[] payload(boolean right) {
    if (right) {
      return ("{\"type\":\"ping\",\"clientTimestamp\":" + random.nextInt(1000) + "}").getBytes(StandardCharsets.UTF_8);
    }
    byte[] payload = new byte[random.nextInt(random.nextInt(4) == 0 ? MOST_PAYLOAD : 20)];
    random.nextBytes(payload);
    return payload;
  }

  /** @param oddity 1 writes 64 bits where fewer would do, 2 with the sign bit, others do as the standard says */
  private static void length(ByteArrayOutputStream frame, int length, boolean masked, int oddity) {
    int mask = masked ? 0x80 : 0;
    if (oddity == 1 || oddity == 2 || length > 0xFFFF) {
      frame.write(mask | 127);
      long stated = oddity == 2 ? length | 1L << 63 : length;
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) (stated >>> shift));
      }
    } else if (length > 125) {
      frame.write(mask | 126);
      frame.write(length >> 8);
      frame.write(length);
    } else {
      frame.write(mask | length);
    }
  }
}
