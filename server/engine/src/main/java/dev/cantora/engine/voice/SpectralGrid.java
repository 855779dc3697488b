package dev.cantora.engine.voice;

/**
 * The axes on which a voice states its spectra.
 *
 * @param points number of envelope points, the first at 0 Hz
 * @param spacingHz distance between envelope points; {@code (points - 1) * spacingHz} is at least 20 kHz
 * @param partials length of the per-partial gain table of reference presets, or 0 for a voice without one
 * @param silentLog2 log2 amplitude up to which envelopes and noise bands of this voice stand for nothing at all
 */
public record SpectralGrid(int points, double spacingHz, int partials, float silentLog2) {

  /** Noise is stated in this many bands, the same for all voices; see {@link NoiseBands}. */
  public static final int NOISE_BANDS = NoiseBands.COUNT;
}
