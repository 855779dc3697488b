package dev.cantora.cli;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first channel of a WAV file: PCM of 16, 24 or 32 bits, or 32-bit float. */
record WavFile(float[] samples, int sampleRateHz) {

  static WavFile read(Path path) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < 12 || !id(in).equals("RIFF") || in.getInt() == 0 || !id(in).equals("WAVE")) {
      throw broken(path, "not a WAV file");
    }
    int tag = 0;
    int channels = 0;
    int rate = 0;
    int bits = 0;
    while (in.remaining() >= 8) {
      String id = id(in);
      long size = in.getInt() & 0xFFFFFFFFL;
      int start = in.position();
      if (id.equals("fmt ") && size >= 16 && in.remaining() >= 16) {
        tag = in.getShort() & 0xFFFF;
        channels = in.getShort();
        rate = in.getInt();
        in.position(start + 14);
        bits = in.getShort();
        if (tag == 0xFFFE && size >= 26 && in.remaining() >= 10) {
          in.position(start + 24);
          tag = in.getShort(); // the real format of an extensible header
        }
      } else if (id.equals("data")) {
        if (channels < 1 || rate < 1 || bits < 16) {
          throw broken(path, "no usable format before the data");
        }
        return new WavFile(decode(path, in, Math.min(size, in.remaining()), tag, channels, bits), rate);
      }
      long next = start + size + (size & 1);
      if (next > in.limit()) {
        break;
      }
      in.position((int) next);
    }
    throw broken(path, "no data");
  }

  private static float[] decode(Path path, ByteBuffer in, long bytes, int tag, int channels, int bits) {
    int width = bits / 8;
    boolean known = tag == 3 && bits == 32 || tag == 1 && (bits == 16 || bits == 24 || bits == 32);
    if (!known) {
      throw broken(path, "format " + tag + " with " + bits + " bits is not read");
    }
    int frames = (int) (bytes / (width * channels));
    int start = in.position();
    float[] out = new float[frames];
    for (int i = 0; i < frames; i++) {
      int at = start + i * width * channels;
      out[i] = tag == 3 ? in.getFloat(at) : switch (bits) {
        case 16 -> in.getShort(at) / 0x1p15f;
        case 24 -> ((in.get(at) & 0xFF) | (in.get(at + 1) & 0xFF) << 8 | in.get(at + 2) << 16) / 0x1p23f;
        default -> in.getInt(at) / 0x1p31f;
      };
    }
    return out;
  }

  /** Writes mono 32-bit float. */
  static void write(Path path, float[] samples, int sampleRateHz) throws IOException {
    var encoder = new WavEncoder(WavFormat.F32, 1, sampleRateHz);
    ByteBuffer data = ByteBuffer.allocate(samples.length * Float.BYTES);
    encoder.encode(samples, samples.length, 1, data);
    try (var file = Files.newOutputStream(path)) {
      file.write(encoder.header(samples.length));
      file.write(data.array());
    }
  }

  private static String id(ByteBuffer in) {
    byte[] id = new byte[4];
    in.get(id);
    return new String(id, StandardCharsets.US_ASCII);
  }

  private static EngineException broken(Path path, String what) {
    return new EngineException(EngineException.Fault.INVALID_BODY, path + ": " + what);
  }
}
