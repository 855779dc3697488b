package dev.cantora.engine.voice.units;

/** The axis on which envelopes are analysed and stored: fine up to 8 kHz, where formants are, coarse up to 20 kHz. */
public final class BankAxis {

  public static final double SPACING_HZ = 62.5;
  public static final int FINE_POINTS = 129;
  public static final double FINE_TOP_HZ = (FINE_POINTS - 1) * SPACING_HZ;
  public static final double COARSE_HZ = 4 * SPACING_HZ;
  public static final int COARSE_POINTS = 48;
  /** Stored points. */
  public static final int POINTS = FINE_POINTS + COARSE_POINTS;
  /** Points of the even axis that spectral frames use. */
  public static final int GRID_POINTS = FINE_POINTS + 4 * COARSE_POINTS;

  private BankAxis() {}

  /** Frequency of a stored point. */
  public static double hz(int point) {
    return point < FINE_POINTS ? point * SPACING_HZ : FINE_TOP_HZ + (point - FINE_POINTS + 1) * COARSE_HZ;
  }
}
