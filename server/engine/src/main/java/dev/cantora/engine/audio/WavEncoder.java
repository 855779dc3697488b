package dev.cantora.engine.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes of a RIFF WAVE file: a 44-byte header (16-byte {@code fmt } chunk, no {@code fact} chunk) and little-endian
 * samples. The length must be known before; the caller decides where the bytes go.
 */
public final class WavEncoder {

  public static final int HEADER_BYTES = 44;

  private final WavFormat format;
  private final int channels;
  private final int sampleRateHz;

  public WavEncoder(WavFormat format, int channels, int sampleRateHz) {
    this.format = format;
    this.channels = channels;
    this.sampleRateHz = sampleRateHz;
  }

  /** Size of the whole file in bytes. */
  public long fileBytes(long frames) {
    return HEADER_BYTES + frames * channels * format.bytesPerSample();
  }

  /** @throws IllegalArgumentException more than a WAV file can hold (4 GiB) */
  public byte[] header(long frames) {
    long dataBytes = frames * channels * format.bytesPerSample();
    if (dataBytes > 0xffffffffL - 36) {
      throw new IllegalArgumentException("too long for a WAV file: " + frames + " frames");
    }
    int frameBytes = channels * format.bytesPerSample();
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii("RIFF")).putInt((int) (36 + dataBytes)).put(ascii("WAVE"));
    header.put(ascii("fmt ")).putInt(16).putShort((short) format.tag()).putShort((short) channels).putInt(sampleRateHz)
        .putInt(sampleRateHz * frameBytes).putShort((short) frameBytes).putShort((short) (8 * format.bytesPerSample()));
    header.put(ascii("data")).putInt((int) dataBytes);
    return header.array();
  }

  /**
   * Encodes samples.
   *
   * @param count values, not frames
   * @param gain factor on each before encoding; integers are rounded to nearest and clipped to their range
   * @param out little-endian, with room for {@code count} samples; its position moves
   */
  public void encode(float[] samples, int count, float gain, ByteBuffer out) {
    out.order(ByteOrder.LITTLE_ENDIAN);
    switch (format) {
      case F32 -> {
        for (int i = 0; i < count; i++) {
          out.putFloat(samples[i] * gain);
        }
      }
      case S16 -> {
        for (int i = 0; i < count; i++) {
          out.putShort((short) integer(samples[i] * gain, 0x1p15f));
        }
      }
      case S24 -> {
        for (int i = 0; i < count; i++) {
          int value = integer(samples[i] * gain, 0x1p23f);
          out.putShort((short) value).put((byte) (value >> 16));
        }
      }
    }
  }

  private static int integer(float value, float scale) {
    float scaled = value * scale;
    return (int) Math.rint(Math.max(-scale, Math.min(scale - 1f, scaled)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
