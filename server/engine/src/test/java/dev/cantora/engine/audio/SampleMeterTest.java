package dev.cantora.engine.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleMeterTest {

  @Test
  void thePiecesAreOneStreamWhoseFirstSampleHasNoneBeforeIt() {
    SampleMeter meter = new SampleMeter(2);
    meter.measure(new float[] {0.9f, -0.1f, 0.8f, -0.2f}, 2);
    meter.measure(new float[] {0.8f, 0.3f, 0.7f, 0.3f}, 2);

    assertThat(meter.frames()).isEqualTo(4);
    assertThat(meter.peak()).isEqualTo(0.9f);
    assertThat(meter.maxDelta()).as("from -0.2 to 0.3 in the second channel, across the pieces").isEqualTo(0.5f);
    assertThat(meter.maxDeltaFrame()).isEqualTo(2);
  }
}
