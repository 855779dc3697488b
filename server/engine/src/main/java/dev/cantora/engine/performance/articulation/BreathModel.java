package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.units.BankAxis;

/**
 * Breath in a voiced sound: turbulence at the glottis through the same tract. Its source lacks the fall of the glottal
 * pulse, so it stands 6 dB per octave above the harmonics' envelope, from {@value #FROM_HZ} to {@value #TO_HZ} Hz (Klatt
 * and Klatt, "Analysis, synthesis, and perception of voice quality variations", JASA 87, 1990: aspiration noise replaces
 * harmonics from the upper formants on). No band gets louder than the loudest of the open vowel's: where a bank's envelope
 * is bright, much of that is friction already, and breath on top of it would drown the voice.
 */
final class BreathModel {

  private static final double FROM_HZ = 500;
  private static final double TO_HZ = 5000;
  private static final int TAPS = 3;

  private final int[] tap = new int[NoiseBands.COUNT * TAPS];
  private final float[] offset = new float[NoiseBands.COUNT];
  private float loudest = Float.MAX_VALUE;

  /**
   * @param openVowel envelope for which the level holds
   * @param rms of breath at breathiness 1
   */
  BreathModel(float[] openVowel, double rms) {
    for (int band = 0; band < NoiseBands.COUNT; band++) {
      double low = NoiseBands.edgeHz(band);
      double high = NoiseBands.edgeHz(band + 1);
      double middle = (low + high) / 2;
      for (int i = 0; i < TAPS; i++) {
        double hz = low + (high - low) * (2 * i + 1) / (2 * TAPS);
        tap[band * TAPS + i] = (int) Math.min(BankAxis.GRID_POINTS - 1, Math.round(hz / BankAxis.SPACING_HZ));
      }
      double rise = log2(Math.clamp(middle, FROM_HZ, TO_HZ) / FROM_HZ);
      offset[band] = (float) (rise + 0.5 * log2(high - low));
    }
    float[] bands = new float[NoiseBands.COUNT];
    of(openVowel, bands);
    double power = 0;
    for (float value : bands) {
      power += StrictMath.pow(4, value);
    }
    float level = (float) (log2(rms) - 0.5 * log2(power));
    for (int band = 0; band < offset.length; band++) {
      offset[band] += level;
    }
    of(openVowel, bands);
    float most = SpectralFrame.SILENCE;
    for (float value : bands) {
      most = Math.max(most, value);
    }
    loudest = most;
  }

  /** Log2 RMS per band of the breath that goes with an envelope. */
  void of(float[] envelope, float[] out) {
    for (int band = 0; band < NoiseBands.COUNT; band++) {
      int at = band * TAPS;
      float mean = (envelope[tap[at]] + envelope[tap[at + 1]] + envelope[tap[at + 2]]) * (1f / 3);
      out[band] = mean + offset[band];
    }
    // in a loop of its own, of which the JIT makes vector code
    for (int band = 0; band < NoiseBands.COUNT; band++) {
      out[band] = Math.min(loudest, Math.max(SpectralFrame.SILENCE, out[band]));
    }
  }

  private static double log2(double x) {
    return StrictMath.log(x) / StrictMath.log(2);
  }
}
