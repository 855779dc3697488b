package dev.cantora.daemon.audio;

import dev.cantora.daemon.socket.AudioFrame;
import dev.cantora.daemon.socket.FramePool;
import dev.cantora.daemon.socket.FrameQueue;
import dev.cantora.daemon.socket.FrameTransform;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes blocks as binary messages: a head of 16 bytes, then the samples (contract, section 8). All numbers are
 * little-endian: u32 sequence number, u16 channels, u16 format, u32 sample rate, u32 samples per channel. For one thread.
 *
 * <p>Opus costs too much for an audio thread: its blocks are queued as floats and become packets on the connection's
 * sender, see {@link OpusPackets}.
 */
public abstract sealed class FrameEncoder {

  public static final int HEAD_BYTES = 16;

  private static final int START = AudioFrame.START;
  private static final int SAMPLES = START + HEAD_BYTES;
  private static final int MAX_QUEUE_BYTES = 4 * 1024 * 1024;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT_LE = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final FrameFormat format;
  private final int channels;
  private final int sampleRateHz;
  private final int blockSize;

  FrameEncoder(FrameFormat format, int channels, int sampleRateHz, int blockSize) {
    this.format = format;
    this.channels = channels;
    this.sampleRateHz = sampleRateHz;
    this.blockSize = blockSize;
  }

  /** @param blockSize samples per channel in each frame */
  public static FrameEncoder of(FrameFormat format, int channels, int sampleRateHz, int blockSize) {
    return switch (format) {
      case F32, OPUS -> new Float32(format, channels, sampleRateHz, blockSize);
      case S16 -> new Int16(channels, sampleRateHz, blockSize);
    };
  }

  /** A queue that holds one second of these frames, or 4 MiB if that is less. @param pool of the thread that encodes */
  public final FrameQueue newQueue(FramePool pool) {
    int capacity = Math.max(1, Math.min(sampleRateHz / blockSize, MAX_QUEUE_BYTES / frameBytes()));
    return new FrameQueue(capacity, frameBytes(),
        format == FrameFormat.OPUS ? new OpusPackets(channels, blockSize) : FrameTransform.NONE, pool);
  }

  /** Length of a frame in the queue. */
  abstract int frameBytes();

  /** Writes the payload behind the head. @return its length in bytes */
  abstract int encodeSamples(float[] interleaved, AudioFrame frame);

  /** @param interleaved {@code blockSize * channels} samples from index 0 */
  public final void encode(float[] interleaved, long sequence, AudioFrame frame) {
    byte[] target = frame.bytes();
    INT.set(target, START, (int) sequence);
    SHORT.set(target, START + 4, (short) channels);
    SHORT.set(target, START + 6, (short) format.wireCode());
    INT.set(target, START + 8, sampleRateHz);
    INT.set(target, START + 12, blockSize);
    frame.length(HEAD_BYTES + encodeSamples(interleaved, frame));
  }

  final int sampleCount() {
    return blockSize * channels;
  }

  static final class Float32 extends FrameEncoder {
    private Float32(FrameFormat format, int channels, int sampleRateHz, int blockSize) {
      super(format, channels, sampleRateHz, blockSize);
    }

    @Override
    int frameBytes() {
      return HEAD_BYTES + sampleCount() * Float.BYTES;
    }

    @Override
    int encodeSamples(float[] interleaved, AudioFrame frame) {
      MemorySegment.copy(interleaved, 0, frame.segment(), FLOAT_LE, SAMPLES, sampleCount());
      return sampleCount() * Float.BYTES;
    }
  }

  static final class Int16 extends FrameEncoder {
    private Int16(int channels, int sampleRateHz, int blockSize) {
      super(FrameFormat.S16, channels, sampleRateHz, blockSize);
    }

    @Override
    int frameBytes() {
      return HEAD_BYTES + sampleCount() * Short.BYTES;
    }

    @Override
    int encodeSamples(float[] interleaved, AudioFrame frame) {
      byte[] target = frame.bytes();
      int count = sampleCount();
      for (int i = 0; i < count; i++) {
        SHORT.set(target, SAMPLES + i * Short.BYTES, toInt16(interleaved[i]));
      }
      return count * Short.BYTES;
    }
  }

  /** Clipped at full scale, rounded to nearest. */
  static short toInt16(float sample) {
    return (short) Math.round(Math.min(1f, Math.max(-1f, sample)) * 32767f);
  }
}
