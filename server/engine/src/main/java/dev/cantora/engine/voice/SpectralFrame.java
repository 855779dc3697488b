package dev.cantora.engine.voice;

/**
 * What the vocal tract and the noise sources do at one instant, in a buffer that its owner reuses.
 * All gains are log2 of linear amplitude (1 unit = 6.02 dB), so that mixing is interpolation in decibels.
 */
public final class SpectralFrame {

  /** Log2 amplitude of a harmonic at {@code index * spacingHz}. */
  public final float[] envelope;

  /** Linear factor per partial number, first partial at index 0; length {@code grid.partials()}, may be empty. */
  public final float[] partialGain;

  /** Log2 amplitude of unvoiced noise per band (frication, bursts, aspiration), RMS in the band. */
  public final float[] noise = new float[NoiseBands.COUNT];

  /** Log2 amplitude of breath noise per band, scaled by breathiness and modulated by the glottal cycle. */
  public final float[] breath = new float[NoiseBands.COUNT];

  public SpectralFrame(SpectralGrid grid) {
    envelope = new float[grid.points()];
    partialGain = new float[grid.partials()];
  }

  /** Log2 gain that stands for silence (-180 dB). */
  public static final float SILENCE = -30f;
}
