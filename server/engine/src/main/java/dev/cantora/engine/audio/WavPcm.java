package dev.cantora.engine.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A WAV file as renders are stored: a header of 44 bytes, then little-endian floats. */
public final class WavPcm implements Pcm {
  private static final int FLOAT_TAG = 3;

  /** Opens the file anew at its first byte. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  private final Source source;
  private final int channels;
  private final int sampleRateHz;
  private final long frames;

  /** @throws IOException when the header is not that of a stored render */
  public WavPcm(Source source) throws IOException {
    this.source = source;
    try (InputStream in = source.open()) {
      ByteBuffer header = ByteBuffer.wrap(in.readNBytes(WavEncoder.HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
      if (header.remaining() < WavEncoder.HEADER_BYTES || header.getShort(20) != FLOAT_TAG || header.getShort(34) != 32
          || header.getShort(22) < 1 || header.getShort(22) > 2) {
        throw new IOException("not a WAV file of floats with one or two channels");
      }
      channels = header.getShort(22);
      sampleRateHz = header.getInt(24);
      frames = Integer.toUnsignedLong(header.getInt(40)) / (4L * channels);
    }
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int sampleRateHz() {
    return sampleRateHz;
  }

  @Override
  public long frames() {
    return frames;
  }

  @Override
  public Reader open() throws IOException {
    InputStream in = source.open();
    in.skipNBytes(WavEncoder.HEADER_BYTES);
    return new Reader() {
      private long left = frames;

      @Override
      public int read(float[] interleaved, int most) throws IOException {
        int count = (int) Math.min(left, most);
        byte[] bytes = in.readNBytes(4 * count * channels);
        if (bytes.length < 4 * count * channels) {
          throw new EOFException("the WAV file is shorter than its header says");
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(interleaved, 0, count * channels);
        left -= count;
        return count;
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }
}
