package dev.cantora.client.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.client.socket.AudioFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class JitterBufferTest {

  private static AudioFrame frame(long seq, float value) {
    ByteBuffer data = ByteBuffer.allocate(16 + 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt((int) seq).putShort((short) 1).putShort((short) 0).putInt(48000).putInt(4);
    for (int i = 0; i < 4; i++) {
      data.putFloat(value);
    }
    return AudioFrame.parse(data.flip());
  }

  private static float[] read(JitterBuffer buffer, int samples) {
    float[] out = new float[samples];
    buffer.read(out);
    return out;
  }

  @Test
  void playsOnlyWhenFilledToItsTarget() {
    JitterBuffer buffer = new JitterBuffer(8, 32);
    buffer.offer(frame(0, 1));
    assertThat(read(buffer, 4)).containsOnly(0f);
    buffer.offer(frame(1, 2));
    assertThat(read(buffer, 6)).containsExactly(1, 1, 1, 1, 2, 2);
    assertThat(buffer.underruns()).isZero();
  }

  @Test
  void anUnderrunIsSilenceAndRaisesTheTarget() {
    JitterBuffer buffer = new JitterBuffer(4, 32);
    buffer.offer(frame(0, 1));
    assertThat(read(buffer, 6)).containsExactly(1, 1, 1, 1, 0, 0);
    assertThat(buffer.underruns()).isOne();
    buffer.offer(frame(1, 2));
    assertThat(read(buffer, 4)).containsOnly(0f);
    buffer.offer(frame(2, 3));
    buffer.offer(frame(3, 3));
    assertThat(read(buffer, 4)).containsOnly(2f);
  }

  @Test
  void droppedFramesBecomeSilenceOfTheirLength() {
    JitterBuffer buffer = new JitterBuffer(4, 64);
    buffer.offer(frame(0, 1));
    buffer.offer(frame(3, 4));
    assertThat(buffer.lostFrames()).isEqualTo(2);
    assertThat(read(buffer, 16)).containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4);
  }

  @Test
  void aRestartOfTheTransportIsNoLoss() {
    JitterBuffer buffer = new JitterBuffer(4, 64);
    buffer.offer(frame(7, 1));
    buffer.offer(frame(0, 2));
    assertThat(buffer.lostFrames()).isZero();
  }

  @Test
  void tooMuchAudioIsDroppedFromTheFront() {
    JitterBuffer buffer = new JitterBuffer(4, 8);
    for (int i = 0; i < 10; i++) {
      buffer.offer(frame(i, i));
    }
    assertThat(buffer.bufferedSamples()).isEqualTo(16);
    assertThat(read(buffer, 4)).containsOnly(6f);
  }
}
