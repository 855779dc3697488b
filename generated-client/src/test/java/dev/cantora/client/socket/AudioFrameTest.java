package dev.cantora.client.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AudioFrameTest {

  @Test
  void theHeaderOfProtocolOneIsRead() {
    byte[] bytes = HexFormat.of().parseHex("ffffffff" + "0100" + "0000" + "80bb0000" + "02000000" + "0000003f" + "000080bf");
    AudioFrame frame = AudioFrame.parse(ByteBuffer.wrap(bytes));
    assertThat(frame.seq()).isEqualTo(4294967295L);
    assertThat(frame.sampleRateHz()).isEqualTo(48000);
    assertThat(frame.samples()).containsExactly(0.5f, -1f);
  }

  @Test
  void sixteenBitSamplesAreScaled() {
    byte[] bytes = HexFormat.of().parseHex("00000000" + "0200" + "0100" + "80bb0000" + "01000000" + "0040" + "0080");
    assertThat(AudioFrame.parse(ByteBuffer.wrap(bytes)).samples()).containsExactly(0.5f, -1f);
  }

  @Test
  void whatDoesNotFitItsHeaderIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> AudioFrame.parse(ByteBuffer.allocate(15)));
    byte[] cut = HexFormat.of().parseHex("00000000" + "0100" + "0000" + "80bb0000" + "02000000" + "0000003f");
    assertThatIllegalArgumentException().isThrownBy(() -> AudioFrame.parse(ByteBuffer.wrap(cut)));
  }
}
