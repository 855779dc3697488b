package dev.cantora.engine.score;

/**
 * Periodic pitch modulation.
 *
 * @param rateHz 0..50
 * @param depthCents peak deviation, 0..1200
 * @param onsetSec time over which the depth grows linearly from zero, 0..60
 */
public record Vibrato(double rateHz, double depthCents, double onsetSec) {
  public Vibrato {
    Bounds.require(rateHz, 0, 50, "vibrato.rateHz");
    Bounds.require(depthCents, 0, 1200, "vibrato.depthCents");
    Bounds.require(onsetSec, 0, 60, "vibrato.onsetSec");
  }
}
