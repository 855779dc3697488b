package dev.cantora.daemon.bank;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * One line of the {@link MetaLog}: CRC-32 of the rest in eight hex digits, folder name, charge in bytes and compact meta, with
 * tabs between. A line whose sum is right is as it was written, so nothing else is looked at before its meta is wanted.
 *
 * @param json holds the meta from {@code from} to {@code to}; often the bytes of the whole log
 */
record LoggedMeta(String folderName, long charge, byte[] json, int from, int to) {
  private static final int SUM_CHARS = 8;
  private static final byte TAB = '\t';

  static LoggedMeta of(String folderName, long charge, RenderMeta meta) throws IOException {
    byte[] json = StoredJson.compact(meta);
    return new LoggedMeta(folderName, charge, json, 0, json.length);
  }

  /** Reads the line in {@code log} that ends before {@code to}. @return null when it is not as it was written */
  static LoggedMeta read(byte[] log, int from, int to) {
    int name = from + SUM_CHARS + 1;
    int charge = after(log, name, to);
    int json = after(log, charge, to);
    if (json >= to || !sumIsRight(log, from, to)) {
      return null;
    }
    return new LoggedMeta(text(log, name, charge - 1), Long.parseLong(text(log, charge, json - 1)), log, json, to);
  }

  private static boolean sumIsRight(byte[] log, int from, int to) {
    String sum = text(log, from, from + SUM_CHARS);
    return log[from + SUM_CHARS] == TAB && sum.equals(sum(log, from + SUM_CHARS + 1, to));
  }

  /** The place behind the next tab, {@code to} when there is none. */
  private static int after(byte[] log, int from, int to) {
    for (int i = from; i < to; i++) {
      if (log[i] == TAB) {
        return i + 1;
      }
    }
    return to;
  }

  private static String text(byte[] log, int from, int to) {
    return new String(log, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String sum(byte[] bytes, int from, int to) {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, to - from);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** With the line feed. */
  byte[] bytes() {
    byte[] head = (folderName + '\t' + charge + '\t').getBytes(StandardCharsets.ISO_8859_1);
    byte[] rest = ByteBuffer.allocate(head.length + to - from).put(head).put(json, from, to - from).array();
    return ByteBuffer.allocate(SUM_CHARS + 1 + rest.length + 1).put(sum(rest, 0, rest.length).getBytes(StandardCharsets.ISO_8859_1))
        .put(TAB).put(rest).put((byte) '\n').array();
  }

  RenderMeta parse() throws IOException {
    return StoredJson.meta(Arrays.copyOfRange(json, from, to));
  }
}
