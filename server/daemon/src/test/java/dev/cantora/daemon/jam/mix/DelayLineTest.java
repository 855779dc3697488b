package dev.cantora.daemon.jam.mix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelayLineTest {

  private static final double STEP_OF_TONE = 2 * Math.PI * 100 / 48000;

  @Test
  void thePastComesBackSampleForSampleHoweverTimeIsDivided() {
    DelayLine line = new DelayLine(30_000);
    float[] tone = tone(100_000);
    float[] past = pass(line, tone, 137);
    for (int i = 0; i < tone.length; i++) {
      assertThat(past[i]).isEqualTo(i < 30_000 ? 0 : tone[i - 30_000]);
    }
  }

  @Test
  void theLongestDelayIsKept() {
    DelayLine line = new DelayLine(DelayLine.MAX_DELAY_SAMPLES);
    float[] tone = tone(DelayLine.MAX_DELAY_SAMPLES + 20_000);
    float[] past = pass(line, tone, 512);
    assertThat(past[tone.length - 1]).isEqualTo(tone[19_999]);
  }

  @Test
  void changesAndCutsDoNotClick() {
    DelayLine line = new DelayLine(4_000);
    float[] tone = tone(60_000);
    float[] past = new float[tone.length];
    float[] piece = new float[500];
    float[] out = new float[500];
    for (int from = 0; from < tone.length; from += 500) {
      if (from == 20_000) {
        line.delay(9_123);
      } else if (from == 40_000) {
        line.cut();
      }
      System.arraycopy(tone, from, piece, 0, 500);
      line.pass(piece, out, 500);
      System.arraycopy(out, 0, past, from, 500);
    }
    assertThat(past[30_000]).isEqualTo(tone[30_000 - 9_123]);
    assertThat(past[40_500]).as("cut off").isZero();
    for (int i = 4_001; i < 45_000; i++) {
      assertThat(Math.abs(past[i] - past[i - 1])).as("at %s", i).isLessThan((float) (STEP_OF_TONE + 2.0 / 480 + 1e-3));
    }
  }

  private static float[] pass(DelayLine line, float[] present, int step) {
    float[] past = new float[present.length];
    float[] piece = new float[step];
    float[] out = new float[step];
    for (int from = 0; from < present.length; from += step) {
      int frames = Math.min(step, present.length - from);
      System.arraycopy(present, from, piece, 0, frames);
      line.pass(piece, out, frames);
      System.arraycopy(out, 0, past, from, frames);
    }
    return past;
  }

  private static float[] tone(int samples) {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (float) Math.sin(STEP_OF_TONE * i);
    }
    return tone;
  }
}
