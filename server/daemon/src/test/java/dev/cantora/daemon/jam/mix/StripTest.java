package dev.cantora.daemon.jam.mix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StripTest {

  @Test
  void everyChangeIsARampThatReachesItsGoalExactly() {
    Strip strip = new Strip(1, 0, true);
    float[] track = new float[2000];
    Arrays.fill(track, 1);
    float[] mono = new float[2000];
    float[] stereo = new float[4000];
    strip.moveTo(2, -1, true);
    strip.addTo(track, 2000, 0, mono, stereo);
    assertThat(mono[0]).isBetween(1f, 1.01f);
    assertThat(mono[Strip.RAMP_SAMPLES - 1]).isEqualTo(2f);
    assertThat(stereo[2 * Strip.RAMP_SAMPLES]).as("all on the left").isEqualTo(2f);
    assertThat(Math.abs(stereo[2 * Strip.RAMP_SAMPLES + 1])).isLessThan(1e-6f);
    for (int i = 1; i < 2000; i++) {
      assertThat(mono[i] - mono[i - 1]).isBetween(0f, 2.5f / Strip.RAMP_SAMPLES);
    }
  }

  @Test
  void blocksOfAnySizeGiveTheSameSamples() {
    float[] whole = mute(1000);
    float[] parts = mute(7);
    assertThat(parts).isEqualTo(whole);
    assertThat(whole[999]).as("muted").isZero();
  }

  private static float[] mute(int step) {
    Strip strip = new Strip(0.7, 0.3, true);
    strip.moveTo(0.7, 0.3, false);
    float[] track = new float[step];
    Arrays.fill(track, 0.5f);
    float[] mix = new float[1000];
    for (int from = 0; from < 1000; from += step) {
      strip.addTo(track, Math.min(step, 1000 - from), from, mix, null);
    }
    return mix;
  }
}
