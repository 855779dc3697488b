package dev.cantora.daemon.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.socket.AudioFrame;
import dev.cantora.daemon.socket.FramePool;
import dev.cantora.daemon.socket.FrameQueue;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

  @Test
  void aFloatFrameHasTheBytesOfProtocolOne() {
    FrameEncoder encoder = FrameEncoder.of(FrameFormat.F32, 1, 48000, 512);
    float[] block = new float[512];
    block[0] = 1f;
    block[1] = -0.5f;
    block[511] = 0.25f;
    byte[] frame = encode(encoder, block, 0x01020304L);
    assertThat(frame).hasSize(2064);
    assertThat(HexFormat.of().formatHex(frame, 0, 24))
        .isEqualTo("04030201" + "0100" + "0000" + "80bb0000" + "00020000" + "0000803f" + "000000bf");
    assertThat(HexFormat.of().formatHex(frame, 2060, 2064)).isEqualTo("0000803e");
  }

  @Test
  void theSequenceNumberWrapsAsAnUnsignedInt() {
    FrameEncoder encoder = FrameEncoder.of(FrameFormat.F32, 1, 48000, 64);
    assertThat(HexFormat.of().formatHex(encode(encoder, new float[64], 0xFFFFFFFFL), 0, 4)).isEqualTo("ffffffff");
    assertThat(HexFormat.of().formatHex(encode(encoder, new float[64], 0x100000000L), 0, 4)).isEqualTo("00000000");
  }

  @Test
  void sixteenBitStereoIsRoundedClippedAndInterleaved() {
    FrameEncoder encoder = FrameEncoder.of(FrameFormat.S16, 2, 44100, 64);
    float[] block = new float[128];
    block[0] = 1.5f;
    block[1] = -1.5f;
    block[2] = 0.5f;
    block[3] = 1f / 32767;
    byte[] frame = encode(encoder, block, 0);
    assertThat(frame).hasSize(16 + 256);
    assertThat(HexFormat.of().formatHex(frame, 4, 24))
        .isEqualTo("0200" + "0100" + "44ac0000" + "40000000" + "ff7f" + "0180" + "0040" + "0100");
  }

  @Test
  void anOpusFrameIsOnePacketThatADecoderTurnsIntoTheSameSound() throws OpusException {
    FrameEncoder encoder = FrameEncoder.of(FrameFormat.OPUS, 1, 48000, 960);
    OpusPackets packets = new OpusPackets(1, 960);
    OpusDecoder decoder = new OpusDecoder(48000, 1);
    float[] sent = new float[960 * 20];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / 48000));
    }
    short[] heard = new short[sent.length];
    for (int block = 0; block < 20; block++) {
      byte[] frame = encode(encoder, Arrays.copyOfRange(sent, block * 960, block * 960 + 960), block);
      int length = packets.apply(frame, 0, frame.length);
      assertThat(length).isBetween(17, 400);
      assertThat(HexFormat.of().formatHex(packets.target(), 4, 16)).isEqualTo("0100" + "0200" + "80bb0000" + "c0030000");
      assertThat(decoder.decode(packets.target(), 16, length - 16, heard, block * 960, 960, false)).isEqualTo(960);
    }
    // 2.5 ms of look-ahead shift the sound by 120 samples
    double error = 0;
    double power = 0;
    for (int i = 4800; i < sent.length - 120; i++) {
      double difference = heard[i + 120] / 32768.0 - sent[i];
      error += difference * difference;
      power += sent[i] * sent[i];
    }
    assertThat(10 * Math.log10(power / error)).isGreaterThan(20);
  }

  @Test
  void aQueueHoldsASecond() {
    assertThat(fill(FrameEncoder.of(FrameFormat.F32, 1, 48000, 512))).isEqualTo(93);
    assertThat(fill(FrameEncoder.of(FrameFormat.S16, 2, 48000, 64))).isEqualTo(750);
  }

  private static int fill(FrameEncoder encoder) {
    FrameQueue queue = encoder.newQueue(new FramePool());
    int count = 0;
    AudioFrame frame = queue.claim();
    while (frame != null) {
      queue.publish(frame);
      count++;
      frame = queue.claim();
    }
    return count;
  }

  private static byte[] encode(FrameEncoder encoder, float[] block, long sequence) {
    AudioFrame frame = encoder.newQueue(new FramePool()).claim();
    encoder.encode(block, sequence, frame);
    return Arrays.copyOfRange(frame.bytes(), AudioFrame.START, AudioFrame.START + frame.length());
  }
}
