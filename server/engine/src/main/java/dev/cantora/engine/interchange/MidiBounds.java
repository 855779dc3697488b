package dev.cantora.engine.interchange;

import java.nio.ByteBuffer;

/**
 * Walks a Standard MIDI file before the JDK reads it: the JDK allocates whatever length an event claims, so a few bytes
 * could cost 256 MiB each. A file passes when every chunk and event ends within the file.
 */
final class MidiBounds {
  private static final int HEADER_CHUNK = 0x4D546864;
  private static final int TRACK_CHUNK = 0x4D54726B;

  private final ByteBuffer in;

  private MidiBounds(ByteBuffer in) {
    this.in = in;
  }

  /** Whether all that the file claims to hold is there. */
  static boolean hold(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    if (file.length < 14 || in.getInt() != HEADER_CHUNK) {
      return false;
    }
    long header = in.getInt() & 0xFFFFFFFFL;
    if (header < 6 || header > in.remaining()) {
      return false;
    }
    in.position(in.position() + (int) header);
    while (in.remaining() >= 8) {
      int type = in.getInt();
      long length = in.getInt() & 0xFFFFFFFFL;
      if (length > in.remaining()) {
        return false;
      }
      if (type == TRACK_CHUNK && !new MidiBounds(in.slice(in.position(), (int) length)).trackHolds()) {
        return false;
      }
      in.position(in.position() + (int) length);
    }
    return true;
  }

  private boolean trackHolds() {
    int running = 0;
    while (in.hasRemaining()) {
      if (variableLength() < 0 || !in.hasRemaining()) {
        return false;
      }
      int status = in.get() & 0xFF;
      if (status < 0x80) {
        in.position(in.position() - 1);
        status = running;
      }
      if (status < 0x80) {
        return false;
      }
      if (status == 0xFF && !in.hasRemaining()) {
        return false;
      }
      if (status == 0xFF && (in.get() & 0xFF) == 0x2F) {
        return true;
      }
      int length = status >= 0xF0 ? variableLength() : (status & 0xE0) == 0xC0 ? 1 : 2;
      if (length < 0 || length > in.remaining()) {
        return false;
      }
      in.position(in.position() + length);
      running = status < 0xF0 ? status : running;
    }
    return true;
  }

  /** At most four bytes; -1 when they do not end. */
  private int variableLength() {
    int value = 0;
    for (int i = 0; i < 4 && in.hasRemaining(); i++) {
      int b = in.get() & 0xFF;
      value = value << 7 | b & 0x7F;
      if (b < 0x80) {
        return value;
      }
    }
    return -1;
  }
}
