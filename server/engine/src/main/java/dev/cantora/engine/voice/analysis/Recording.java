package dev.cantora.engine.voice.analysis;

/**
 * One channel of recorded sound.
 *
 * @param name what messages call it
 * @param samples full scale is 1
 * @param rateHz 8000..192000
 */
public record Recording(String name, float[] samples, int rateHz) {

  public double durationSec() {
    return (double) samples.length / rateHz;
  }
}
