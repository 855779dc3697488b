package dev.cantora.engine.lyrics.lexicon;

import dev.cantora.engine.lyrics.phonology.Segment;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A pronouncing dictionary in one byte array: words sorted, front-coded in blocks, found by binary search over the first
 * words of the blocks. Nothing is parsed at load time, so 126,000 words are ready in the time it takes to inflate them.
 *
 * <p>File: magic, word count, block count, data length, block offsets, data; all deflated. Entry: length shared with the
 * word before (0 at the start of a block), length and bytes of the rest, number and codes of the segments.
 */
public final class PackedLexicon {
  private static final int MAGIC = 0x434C5831; // "CLX1"
  private static final int BLOCK_WORDS = 32;
  private static final int LONGEST = 255;

  private final int size;
  private final int[] blockOffsets;
  private final byte[] data;

  private PackedLexicon(int size, int[] blockOffsets, byte[] data) {
    this.size = size;
    this.blockOffsets = blockOffsets;
    this.data = data;
  }

  /** Reads a file that {@link #write} wrote. */
  public static PackedLexicon read(InputStream in) throws IOException {
    try (var d = new DataInputStream(new InflaterInputStream(in))) {
      if (d.readInt() != MAGIC) {
        throw new IOException("not a packed lexicon");
      }
      int size = d.readInt();
      int[] offsets = new int[d.readInt()];
      byte[] data = new byte[d.readInt()];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = d.readInt();
      }
      d.readFully(data);
      return new PackedLexicon(size, offsets, data);
    }
  }

  /** Packs a dictionary of ASCII words; words and pronunciations over 255 long are refused. */
  public static void write(SortedMap<String, List<Segment>> words, OutputStream out) throws IOException {
    var body = new ByteArrayOutputStream();
    int[] offsets = new int[(words.size() + BLOCK_WORDS - 1) / BLOCK_WORDS];
    int index = 0;
    byte[] previous = {};
    for (var entry : words.entrySet()) {
      byte[] word = entry.getKey().getBytes(StandardCharsets.US_ASCII);
      if (word.length > LONGEST || entry.getValue().size() > LONGEST) {
        throw new IOException("too long: " + entry.getKey());
      }
      int shared = 0;
      if (index % BLOCK_WORDS == 0) {
        offsets[index / BLOCK_WORDS] = body.size();
      } else {
        shared = Math.max(0, Arrays.mismatch(previous, word));
      }
      body.write(shared);
      body.write(word.length - shared);
      body.write(word, shared, word.length - shared);
      body.write(entry.getValue().size());
      for (Segment segment : entry.getValue()) {
        body.write(SegmentCode.encode(segment));
      }
      previous = word;
      index++;
    }
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (var d = new DataOutputStream(new DeflaterOutputStream(out, deflater))) {
      d.writeInt(MAGIC);
      d.writeInt(words.size());
      d.writeInt(offsets.length);
      d.writeInt(body.size());
      for (int offset : offsets) {
        d.writeInt(offset);
      }
      body.writeTo(d);
    } finally {
      deflater.end();
    }
  }

  public int size() {
    return size;
  }

  /** Pronunciation of a lower-case word. */
  public Optional<List<Segment>> find(String word) {
    byte[] key = word.getBytes(StandardCharsets.UTF_8);
    if (blockOffsets.length == 0 || key.length == 0 || key.length > LONGEST) {
      return Optional.empty();
    }
    int block = blockOf(key);
    return block < 0 ? Optional.empty() : scan(block, key);
  }

  /** Calls back for every word in order; for training and tests. */
  public void forEach(BiConsumer<String, List<Segment>> action) {
    byte[] word = new byte[LONGEST];
    int at = 0;
    for (int i = 0; i < size; i++) {
      int shared = data[at] & 0xFF;
      int rest = data[at + 1] & 0xFF;
      System.arraycopy(data, at + 2, word, shared, rest);
      int pron = at + 2 + rest;
      int count = data[pron] & 0xFF;
      action.accept(new String(word, 0, shared + rest, StandardCharsets.US_ASCII),
          SegmentCode.decode(data, pron + 1, count));
      at = pron + 1 + count;
    }
  }

  /** Last block whose first word is not after the key, or -1. */
  private int blockOf(byte[] key) {
    int low = 0;
    int high = blockOffsets.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = blockOffsets[middle];
      int length = data[at + 1] & 0xFF;
      if (Arrays.compareUnsigned(data, at + 2, at + 2 + length, key, 0, key.length) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private Optional<List<Segment>> scan(int block, byte[] key) {
    byte[] word = new byte[LONGEST];
    int at = blockOffsets[block];
    int end = block + 1 < blockOffsets.length ? blockOffsets[block + 1] : data.length;
    while (at < end) {
      int shared = data[at] & 0xFF;
      int rest = data[at + 1] & 0xFF;
      System.arraycopy(data, at + 2, word, shared, rest);
      int pron = at + 2 + rest;
      int count = data[pron] & 0xFF;
      int order = Arrays.compareUnsigned(word, 0, shared + rest, key, 0, key.length);
      if (order == 0) {
        return Optional.of(SegmentCode.decode(data, pron + 1, count));
      }
      if (order > 0) {
        return Optional.empty();
      }
      at = pron + 1 + count;
    }
    return Optional.empty();
  }
}
