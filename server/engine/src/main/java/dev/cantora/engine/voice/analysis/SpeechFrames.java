package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.units.BankAxis;

/**
 * A recording as harmonics and noise, one frame every {@value #HOP_SEC} s, the first at time 0.
 *
 * @param envelope per frame, log2 amplitude on {@link BankAxis}; what does not sound is {@code SILENCE}
 * @param noise per frame, log2 RMS in each of the noise bands
 * @param f0Hz per frame; unvoiced frames carry their neighbours' value
 * @param voicing per frame, 0 noise only, 1 harmonics
 */
public record SpeechFrames(float[][] envelope, float[][] noise, float[] f0Hz, float[] voicing) {

  public static final double HOP_SEC = 0.005;

  public int count() {
    return envelope.length;
  }
}
