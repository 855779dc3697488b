package dev.cantora.engine.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * FLAC (RFC 9639) with 24 bits a sample: blocks of {@value #BLOCK} samples, for each channel the best of the five fixed
 * predictors (section 9.2.5), residuals in partitioned Rice code (section 9.2.7). Written here because the encoders for
 * Java that exist are under the LGPL and were last touched years ago. Reads the audio twice: the checksum of all samples
 * stands at the head of the file.
 */
final class FlacEncoder {
  private static final int BLOCK = 4096;
  private static final int BITS = 24;
  private static final int MAX_ORDER = 4;
  private static final int MAX_PARTITION_ORDER = 6;
  private static final int MAX_RICE = 30;

  private final Pcm pcm;
  private final int channels;
  private final BitWriter bits = new BitWriter();
  private final int[][] samples;
  private final int[][] residuals = new int[MAX_ORDER + 1][BLOCK];

  FlacEncoder(Pcm pcm) {
    this.pcm = pcm;
    this.channels = pcm.channels();
    this.samples = new int[channels][BLOCK];
  }

  void write(OutputStream out) throws IOException {
    byte[] md5 = digest();
    out.write(new byte[] {'f', 'L', 'a', 'C'});
    streamInfo(md5);
    out.write(bits.bytes(), 0, bits.size());
    float[] interleaved = new float[BLOCK * channels];
    try (Pcm.Reader reader = pcm.open()) {
      int number = 0;
      for (int frames = reader.read(interleaved, BLOCK); frames > 0; frames = reader.read(interleaved, BLOCK)) {
        quantise(interleaved, frames);
        frame(number++, frames);
        out.write(bits.bytes(), 0, bits.size());
      }
    }
  }

  private byte[] digest() throws IOException {
    try (Pcm.Reader reader = pcm.open()) {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      float[] interleaved = new float[BLOCK * channels];
      byte[] bytes = new byte[3 * interleaved.length];
      for (int frames = reader.read(interleaved, BLOCK); frames > 0; frames = reader.read(interleaved, BLOCK)) {
        for (int i = 0; i < frames * channels; i++) {
          int value = integer(interleaved[i]);
          bytes[3 * i] = (byte) value;
          bytes[3 * i + 1] = (byte) (value >> 8);
          bytes[3 * i + 2] = (byte) (value >> 16);
        }
        md5.update(bytes, 0, 3 * frames * channels);
      }
      return md5.digest();
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static int integer(float value) {
    return (int) Math.rint(Math.max(-0x1p23f, Math.min(0x1p23f - 1f, value * 0x1p23f)));
  }

  private void quantise(float[] interleaved, int frames) {
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < frames; i++) {
        samples[channel][i] = integer(interleaved[i * channels + channel]);
      }
    }
  }

  private void streamInfo(byte[] md5) {
    bits.clear();
    bits.write(0x80, 8); // the last metadata block, STREAMINFO
    bits.write(34, 24);
    bits.write(BLOCK, 16);
    bits.write(BLOCK, 16);
    bits.write(0, 24); // sizes of frames are not known yet
    bits.write(0, 24);
    bits.write(pcm.sampleRateHz(), 20);
    bits.write(channels - 1, 3);
    bits.write(BITS - 1, 5);
    bits.write((int) (pcm.frames() >>> 32) & 0xF, 4);
    bits.write((int) pcm.frames(), 32);
    for (byte b : md5) {
      bits.write(b, 8);
    }
  }

  private void frame(int number, int frames) {
    bits.clear();
    bits.write(0x3FFE, 14);
    bits.write(0, 2); // blocks of one size
    bits.write(frames == BLOCK ? 12 : 7, 4); // 4096, or 16 bits below
    bits.write(0, 4); // rate as in STREAMINFO
    bits.write(channels - 1, 4);
    bits.write(6, 3); // 24 bits
    bits.write(0, 1);
    codedNumber(number);
    if (frames != BLOCK) {
      bits.write(frames - 1, 16);
    }
    bits.write(crc(8, 0x07, bits.size()), 8);
    for (int channel = 0; channel < channels; channel++) {
      subframe(samples[channel], frames);
    }
    bits.align();
    bits.write(crc(16, 0x8005, bits.size()), 16);
  }

  /** As UTF-8 codes a character, up to 36 bits; 31 are enough for a frame's number. */
  private void codedNumber(int number) {
    if (number < 0x80) {
      bits.write(number, 8);
      return;
    }
    int extra = 1;
    while (number >= 1L << (5 * extra + 6)) {
      extra++;
    }
    bits.write(0xFF00 >> (extra + 1) & 0xFF | number >> (6 * extra), 8);
    for (int i = extra - 1; i >= 0; i--) {
      bits.write(0x80 | number >> (6 * i) & 0x3F, 8);
    }
  }

  private int crc(int width, int polynomial, int count) {
    int crc = 0;
    int top = 1 << (width - 1);
    byte[] bytes = bits.bytes();
    for (int i = 0; i < count; i++) {
      crc ^= (bytes[i] & 0xFF) << (width - 8);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & top) != 0 ? crc << 1 ^ polynomial : crc << 1;
      }
    }
    return crc & (int) ((1L << width) - 1);
  }

  private void subframe(int[] channel, int count) {
    int order = bestOrder(channel, count);
    if (order < 0) {
      bits.write(1, 7);
      bits.write(0, 1); // verbatim
      for (int i = 0; i < count; i++) {
        bits.write(channel[i], BITS);
      }
      return;
    }
    bits.write(8 | order, 7);
    bits.write(0, 1);
    for (int i = 0; i < order; i++) {
      bits.write(channel[i], BITS);
    }
    residual(residuals[order], order, count);
  }

  /** The order whose residual is smallest; -1 when the samples themselves are smaller. */
  private int bestOrder(int[] channel, int count) {
    System.arraycopy(channel, 0, residuals[0], 0, count);
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int order = 0; order <= Math.min(MAX_ORDER, count - 1); order++) {
      if (order > 0) {
        for (int i = count - 1; i >= order; i--) {
          residuals[order][i] = residuals[order - 1][i] - residuals[order - 1][i - 1];
        }
      }
      double sum = 0;
      for (int i = MAX_ORDER; i < count; i++) {
        sum += Math.abs((double) residuals[order][i]);
      }
      if (sum < least) {
        least = sum;
        best = order;
      }
    }
    return least / Math.max(1, count - MAX_ORDER) > 0x1p22 ? -1 : best;
  }

  private void residual(int[] values, int order, int count) {
    int partitionOrder = 0;
    while (partitionOrder < MAX_PARTITION_ORDER && (count & (2 << partitionOrder) - 1) == 0
        && (count >> partitionOrder + 1) > MAX_ORDER) {
      partitionOrder++;
    }
    bits.write(1, 2); // Rice parameters of 5 bits
    bits.write(partitionOrder, 4);
    int length = count >> partitionOrder;
    for (int partition = 0; partition < 1 << partitionOrder; partition++) {
      int from = Math.max(order, partition * length);
      rice(values, from, (partition + 1) * length);
    }
  }

  private void rice(int[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.abs((double) values[i]);
    }
    double mean = to > from ? 2 * sum / (to - from) : 0; // folded values are twice as large
    int parameter = 0;
    while (parameter < MAX_RICE && (1L << parameter + 1) < mean) {
      parameter++;
    }
    bits.write(parameter, 5);
    for (int i = from; i < to; i++) {
      int folded = values[i] << 1 ^ values[i] >> 31;
      bits.unary(folded >>> parameter);
      bits.write(folded, parameter);
    }
  }
}
