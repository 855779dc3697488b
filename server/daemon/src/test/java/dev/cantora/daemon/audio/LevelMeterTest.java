package dev.cantora.daemon.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cantora.engine.audio.TanhLimiter;
import org.junit.jupiter.api.Test;

class LevelMeterTest {

  @Test
  void peaksAreInDecibelsOfFullScaleAndSilenceIsMinusInfinity() {
    LevelMeter meter = new LevelMeter(1);
    assertThat(meter.peakBeforeDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
    meter.before(new float[] {0.1f, -0.5f}, 2);
    assertThat(meter.peakBeforeDbfs()).isCloseTo(-6.02, within(0.01));
  }

  @Test
  void theReductionIsWhatTheLimiterTookOffThePeak() {
    LevelMeter meter = new LevelMeter(1);
    float[] block = {2f};
    meter.before(block, 1);
    TanhLimiter.apply(block, 1);
    meter.after(block, 1);
    assertThat(meter.reductionDb()).isCloseTo(6.02 + 0.32, within(0.02));
  }

  @Test
  void theJumpAtTheSeamOfTwoBlocksCountsAndChannelsAreApart() {
    LevelMeter meter = new LevelMeter(2);
    meter.after(new float[] {0.5f, -0.5f}, 2);
    meter.reset();
    meter.after(new float[] {0.6f, -0.5f}, 2);
    assertThat(meter.maxDelta()).isCloseTo(0.1f, within(1e-6f));
  }

  @Test
  void whatIsNoNumberBecomesSilenceAndIsCounted() {
    LevelMeter meter = new LevelMeter(1);
    float[] block = {0.5f, Float.NaN, Float.POSITIVE_INFINITY, 0.25f};
    meter.before(block, 4);
    assertThat(block).containsExactly(0.5f, 0f, 0f, 0.25f);
    assertThat(meter.notNumbers()).isEqualTo(2);
    assertThat(meter.peakBeforeDbfs()).isCloseTo(-6.02, within(0.01));
  }
}
