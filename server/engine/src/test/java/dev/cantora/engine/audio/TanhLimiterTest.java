package dev.cantora.engine.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TanhLimiterTest {

  @Test
  void itFollowsTheHyperbolicTangentAndNeverPassesOne() {
    for (int i = -12000; i <= 12000; i++) {
      float x = i / 1000f;
      assertThat((double) TanhLimiter.tanh(x)).isBetween(-1.0, 1.0);
      double allowed = Math.abs(x) <= 4 ? 1.2e-7 : 2e-4;
      assertThat(Math.abs(TanhLimiter.tanh(x) - StrictMath.tanh(x))).as("tanh(%s)", x).isLessThanOrEqualTo(allowed);
    }
  }

  @Test
  void itNeverFallsWhereItsInputRises() {
    float last = -1;
    for (int i = -100_000; i <= 100_000; i++) {
      float here = TanhLimiter.tanh(i / 9000f);
      assertThat(here).isGreaterThanOrEqualTo(last);
      last = here;
    }
  }

  @Test
  void extremesStayWithinBoundsAndZeroIsExact() {
    assertThat(TanhLimiter.tanh(Float.MAX_VALUE)).isEqualTo(1f);
    assertThat(TanhLimiter.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(TanhLimiter.tanh(0f)).isZero();
    float[] samples = {5, 5, 5};
    TanhLimiter.apply(samples, 2);
    assertThat(samples[2]).isEqualTo(5f);
  }
}
