package dev.cantora.client.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One binary frame: a block of audio.
 *
 * @param seq number of the frame since the transport started; a gap means dropped frames
 * @param channels 1 or 2
 * @param format 0 float32, 1 int16, 2 one Opus packet
 * @param sampleRateHz of the samples
 * @param blockSize samples per channel
 * @param payload what follows the header, a view that is valid for good
 */
public record AudioFrame(long seq, int channels, int format, int sampleRateHz, int blockSize, ByteBuffer payload) {
  public static final int HEADER_BYTES = 16;
  public static final int FORMAT_F32 = 0;
  public static final int FORMAT_S16 = 1;
  public static final int FORMAT_OPUS = 2;

  /** @throws IllegalArgumentException when the message is no frame */
  public static AudioFrame parse(ByteBuffer message) {
    ByteBuffer data = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (data.remaining() < HEADER_BYTES) {
      throw new IllegalArgumentException("a frame has at least " + HEADER_BYTES + " bytes, not " + data.remaining());
    }
    long seq = Integer.toUnsignedLong(data.getInt(0));
    int channels = Short.toUnsignedInt(data.getShort(4));
    int format = Short.toUnsignedInt(data.getShort(6));
    int blockSize = data.getInt(12);
    int sampleBytes = switch (format) {
      case FORMAT_F32 -> 4;
      case FORMAT_S16 -> 2;
      default -> 0;
    };
    int payloadBytes = data.remaining() - HEADER_BYTES;
    if (sampleBytes > 0 && payloadBytes != (long) sampleBytes * channels * blockSize) {
      throw new IllegalArgumentException("frame " + seq + " has " + payloadBytes + " bytes for " + blockSize + " samples");
    }
    return new AudioFrame(seq, channels, format, data.getInt(8), blockSize,
        data.slice(HEADER_BYTES, payloadBytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** The samples, channels interleaved, about -1..1. @throws IllegalStateException for Opus, which is yours to decode */
  public float[] samples() {
    float[] samples = new float[channels * blockSize];
    switch (format) {
      case FORMAT_F32 -> payload.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
      case FORMAT_S16 -> {
        for (int i = 0; i < samples.length; i++) {
          samples[i] = payload.getShort(2 * i) / 32768f;
        }
      }
      default -> throw new IllegalStateException("format " + format + " holds no plain samples");
    }
    return samples;
  }
}
