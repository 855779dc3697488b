package dev.cantora.engine.voice.analysis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads RIFF WAV files: PCM of 8, 16, 24 or 32 bits, or float of 32 or 64; the first channel. */
public final class WavReader {

  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xfffe;
  private static final long MAX_BYTES = 1L << 30;

  private WavReader() {}

  /** @throws IOException the file cannot be read or is no such WAV; the message says what is wrong */
  public static Recording read(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(name + " is larger than 1 GiB");
    }
    return decode(name, Files.readAllBytes(file));
  }

  static Recording decode(String name, byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 12 || in.getInt(0) != 0x46464952 || in.getInt(8) != 0x45564157) {
      throw new IOException(name + " is not a RIFF WAV file");
    }
    int at = 12;
    int format = -1;
    int channels = 0;
    int rateHz = 0;
    int bits = 0;
    while (at + 8 <= bytes.length) {
      int id = in.getInt(at);
      long size = in.getInt(at + 4) & 0xffffffffL;
      int data = at + 8;
      if (id == 0x20746d66 && size >= 16 && data + 16 <= bytes.length) {
        format = in.getShort(data) & 0xffff;
        channels = in.getShort(data + 2) & 0xffff;
        rateHz = in.getInt(data + 4);
        bits = in.getShort(data + 14) & 0xffff;
        if (format == EXTENSIBLE && size >= 26 && data + 26 <= bytes.length) {
          format = in.getShort(data + 24) & 0xffff;
        }
      } else if (id == 0x61746164) {
        if (format < 0) {
          throw new IOException(name + " has its data before its format");
        }
        int length = (int) Math.min(size, bytes.length - data);
        return new Recording(name, samples(name, in, data, length, format, channels, bits, rateHz), rateHz);
      }
      long next = data + size + (size & 1);
      if (next > bytes.length) {
        break;
      }
      at = (int) next;
    }
    throw new IOException(name + " holds no sound");
  }

  private static float[] samples(
      String name, ByteBuffer in, int from, int length, int format, int channels, int bits, int rateHz) throws IOException {
    boolean known = format == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32)
        || format == FLOAT && (bits == 32 || bits == 64);
    if (!known || channels < 1 || rateHz < 1) {
      throw new IOException(name + " is a WAV of a kind that is not read here (format " + format + ", " + bits + " bits)");
    }
    int frameBytes = channels * bits / 8;
    float[] samples = new float[length / frameBytes];
    for (int i = 0; i < samples.length; i++) {
      int at = from + i * frameBytes;
      samples[i] = format == FLOAT ? bits == 32 ? in.getFloat(at) : (float) in.getDouble(at) : switch (bits) {
        case 8 -> ((in.get(at) & 0xff) - 128) / 128f;
        case 16 -> in.getShort(at) / 32768f;
        case 24 -> ((in.get(at) & 0xff) | (in.get(at + 1) & 0xff) << 8 | in.get(at + 2) << 16) / 8388608f;
        default -> in.getInt(at) / 2147483648f;
      };
    }
    return samples;
  }
}
