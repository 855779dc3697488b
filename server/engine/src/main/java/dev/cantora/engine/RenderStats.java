package dev.cantora.engine;

/**
 * Facts about a finished render.
 *
 * @param frames samples per channel
 * @param sampleRateHz of the output
 * @param channels 1 or 2
 * @param blocks blocks rendered
 * @param peak greatest magnitude before normalisation, linear
 * @param maxAbsDelta greatest step between successive samples of a channel before normalisation, linear
 * @param maxDeltaFrame frame at which that step ends
 * @param voicesMax greatest overlap of note spans, ends before starts at equal times
 */
public record RenderStats(
    long frames, int sampleRateHz, int channels, long blocks, float peak, float maxAbsDelta, long maxDeltaFrame, int voicesMax) {

  public double durationSec() {
    return (double) frames / sampleRateHz;
  }
}
