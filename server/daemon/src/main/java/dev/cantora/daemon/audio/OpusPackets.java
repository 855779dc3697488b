package dev.cantora.daemon.audio;

import dev.cantora.daemon.socket.FrameTransform;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns queued float blocks into Opus packets (RFC 6716) behind the same head. Concentus, a port of the reference encoder
 * to Java, in its low-delay mode: 2.5 ms of look-ahead besides the packet itself.
 */
final class OpusPackets implements FrameTransform {

  static final int SAMPLE_RATE_HZ = 48000;
  /** RFC 6716 section 3.4: no packet is larger. */
  private static final int MAX_PACKET_BYTES = 1275;
  private static final int BITS_PER_SECOND_PER_CHANNEL = 64_000;
  /** 0..10; 5 costs about a third of 10 and is not told apart at this rate. */
  private static final int COMPLEXITY = 5;
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private final OpusEncoder encoder;
  private final int blockSize;
  private final short[] pcm;
  private final byte[] target = new byte[FrameEncoder.HEAD_BYTES + MAX_PACKET_BYTES];

  /** @param blockSize 480 or 960, that is 10 or 20 ms */
  OpusPackets(int channels, int blockSize) {
    this.blockSize = blockSize;
    this.pcm = new short[blockSize * channels];
    try {
      encoder = new OpusEncoder(SAMPLE_RATE_HZ, channels, OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY);
    } catch (OpusException e) {
      throw new IllegalArgumentException("channels must be 1 or 2", e);
    }
    encoder.setBitrate(BITS_PER_SECOND_PER_CHANNEL * channels);
    encoder.setComplexity(COMPLEXITY);
  }

  @Override
  public byte[] target() {
    return target;
  }

  @Override
  public int apply(byte[] message, int from, int length) {
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = FrameEncoder.toInt16((float) FLOAT.get(message, from + FrameEncoder.HEAD_BYTES + i * Float.BYTES));
    }
    System.arraycopy(message, from, target, 0, FrameEncoder.HEAD_BYTES);
    try {
      return FrameEncoder.HEAD_BYTES
          + encoder.encode(pcm, 0, blockSize, target, FrameEncoder.HEAD_BYTES, MAX_PACKET_BYTES);
    } catch (OpusException e) {
      throw new IllegalStateException("blocks of 10 and 20 ms can always be encoded", e);
    }
  }
}
