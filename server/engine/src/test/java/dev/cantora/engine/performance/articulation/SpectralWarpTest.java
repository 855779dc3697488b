package dev.cantora.engine.performance.articulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cantora.engine.voice.units.BankAxis;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpectralWarpTest {
  private static final float[] FROM = {500, 1500, 2500, 3500};
  private static final float[] TO = {600, 1200, 2700, 3600};
  private static final Offset<Double> ONE_POINT = within(BankAxis.SPACING_HZ);

  /** Four peaks of 5 log2 each. */
  private static float[] envelope(float[] formantsHz) {
    float[] out = new float[BankAxis.GRID_POINTS];
    for (int p = 0; p < out.length; p++) {
      for (float hz : formantsHz) {
        double away = (p * BankAxis.SPACING_HZ - hz) / 120;
        out[p] += (float) (5 / (1 + away * away));
      }
    }
    return out;
  }

  private static double[] peaks(float[] envelope) {
    var found = java.util.stream.IntStream.range(1, BankAxis.FINE_POINTS - 1)
        .filter(p -> envelope[p] > 2 && envelope[p] > envelope[p - 1] && envelope[p] >= envelope[p + 1]);
    return found.mapToDouble(p -> p * BankAxis.SPACING_HZ).toArray();
  }

  @Test
  void aFormantOnItsWayIsOnePeakAndNotTwo() {
    var warp = new SpectralWarp(4, 1.35f);
    for (float share : new float[] {0f, 0.25f, 0.5f, 0.75f, 1f}) {
      float[] moved = new float[BankAxis.GRID_POINTS];
      warp.set(FROM, TO, share);
      warp.apply(envelope(FROM), 1f, false, moved);
      double[] peaks = peaks(moved);
      assertThat(peaks).as("at %.2f of the way", share).hasSize(4);
      for (int i = 0; i < 4; i++) {
        assertThat(peaks[i]).isCloseTo(FROM[i] + share * (TO[i] - FROM[i]), ONE_POINT);
      }
    }
  }

  @Test
  void aSlipOfTheTrackerMovesNothing() {
    var warp = new SpectralWarp(4, 1.35f);
    float[] moved = new float[BankAxis.GRID_POINTS];
    warp.set(FROM, new float[] {500, 2400, 0, 3500}, 1f);
    warp.apply(envelope(FROM), 1f, false, moved);
    assertThat(peaks(moved)).hasSize(4);
    assertThat(peaks(moved)[1]).isCloseTo(1500, ONE_POINT);
    assertThat(peaks(moved)[2]).isCloseTo(2500, ONE_POINT);
  }
}
