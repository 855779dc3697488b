package dev.cantora.engine.synthesis;

import dev.cantora.engine.voice.NoiseBands;

/** Linear gains of everything one singer sounds with at one instant. */
final class SourceGains {

  /** Greatest number of partials; at 80 Hz that reaches 10 kHz, above which a voice is mostly breath. */
  static final int MAX_PARTIALS = 128;

  /** Row signs applied; zero from {@link #partials} on to the end of the row. */
  final float[] partial = new float[MAX_PARTIALS];
  /** Number of partials that can be heard. */
  int partials;
  final float[] noise = new float[NoiseBands.COUNT];
  boolean noisy;
  final float[] breath = new float[NoiseBands.COUNT];
  boolean breathy;
}
