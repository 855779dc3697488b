package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.units.BankAxis;

/**
 * Moves the formants of an envelope: the frequency axis is stretched piecewise between landmarks (0, F1..Fn, 8 kHz), so
 * that a peak moves instead of one sinking where another rises.
 */
final class SpectralWarp {

  private static final float LEAST_GAP_HZ = 150;
  private static final int FINE = BankAxis.FINE_POINTS;
  private static final float SPACING_HZ = (float) BankAxis.SPACING_HZ;

  private final float[] fromHz;
  private final float[] toHz;
  private final float most;
  private int marks;

  /** @param most a landmark that would move further than this factor is taken for a slip of the formant tracker and stays */
  SpectralWarp(int formants, float most) {
    this.most = most;
    fromHz = new float[formants + 2];
    toHz = new float[formants + 2];
  }

  /** Sets where landmarks are and where they go. @param share 0 keeps every landmark, 1 moves it all the way */
  void set(float[] from, float[] to, float share) {
    marks = 1;
    fromHz[0] = 0f;
    toHz[0] = 0f;
    for (int i = 0; i < from.length; i++) {
      float source = from[i];
      float aim = to[i];
      if (source <= 0f || aim <= 0f || aim > most * source || source > most * aim) {
        continue;
      }
      aim = source + share * (aim - source);
      if (source > fromHz[marks - 1] + LEAST_GAP_HZ && aim > toHz[marks - 1] + LEAST_GAP_HZ) {
        fromHz[marks] = source;
        toHz[marks] = aim;
        marks++;
      }
    }
    float top = (FINE - 1) * SPACING_HZ;
    fromHz[marks] = top;
    toHz[marks] = top;
    marks++;
  }

  /** Writes {@code gain *} the moved envelope, added to what is there when {@code add}. Above 8 kHz nothing moves. */
  void apply(float[] source, float gain, boolean add, float[] out) {
    int mark = 0;
    float position = 0f;
    float step = 0f;
    for (int p = 0; p < FINE; p++) {
      float hz = p * SPACING_HZ;
      if (p == 0 || hz > toHz[mark + 1] && mark + 2 < marks) {
        while (mark + 2 < marks && hz > toHz[mark + 1]) {
          mark++;
        }
        float slope = (fromHz[mark + 1] - fromHz[mark]) / (toHz[mark + 1] - toHz[mark]);
        position = (fromHz[mark] + (hz - toHz[mark]) * slope) / SPACING_HZ;
        step = slope;
      }
      int low = Math.min((int) position, FINE - 2);
      float value = source[low] + Math.min(1f, position - low) * (source[low + 1] - source[low]);
      out[p] = add ? out[p] + gain * value : gain * value;
      position += step;
    }
    for (int p = FINE; p < out.length; p++) {
      out[p] = add ? out[p] + gain * source[p] : gain * source[p];
    }
  }
}
