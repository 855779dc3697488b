package dev.cantora.engine.synthesis;

import dev.cantora.engine.performance.ControlPoint;
import dev.cantora.engine.performance.articulation.Articulator;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.SpectralGrid;

/** Asks a mouth for its target, blends spoken and overriding colours, and does not ask again while nothing moves. */
final class FrameSource {

  private final SpectralFrame frame;
  private final SpectralFrame other;
  private double steadyUntilSec;
  private float steadyOverride;
  private float[] steadyWeights = new float[0];

  FrameSource(SpectralGrid grid) {
    frame = new SpectralFrame(grid);
    other = new SpectralFrame(grid);
    restart();
  }

  /** Forgets what was asked. */
  void restart() {
    steadyUntilSec = Double.NEGATIVE_INFINITY;
  }

  /** Whether the mouth that was asked last holds still up to a time: then it has no edge before it either. */
  boolean isSteadyUntil(double timeSec) {
    return timeSec <= steadyUntilSec;
  }

  /** See {@link Reached#fetch}. */
  float fetch() {
    float sum = frame.noise[0] + frame.breath[0];
    for (int i = 0; i < frame.envelope.length; i += SourceGains.CACHE_LINE) {
      sum += frame.envelope[i];
    }
    return sum;
  }

  SpectralFrame at(double timeSec, ControlPoint controls, Articulator mouth) {
    if (isSteadyUntil(timeSec) && controls.override == steadyOverride
        && (steadyOverride == 0f || same(controls.weights))) {
      return frame;
    }
    if (controls.override == 0f) {
      mouth.at(timeSec, null, frame);
    } else {
      mouth.at(timeSec, controls.weights, frame);
      if (controls.override < 1f) {
        mouth.at(timeSec, null, other);
        blend(other.envelope, frame.envelope, controls.override);
        blend(other.partialGain, frame.partialGain, controls.override);
        blend(other.noise, frame.noise, controls.override);
        blend(other.breath, frame.breath, controls.override);
      }
    }
    steadyUntilSec = mouth.steadyUntilSec(timeSec);
    steadyOverride = controls.override;
    if (steadyWeights.length != controls.weights.length) {
      steadyWeights = new float[controls.weights.length];
    }
    System.arraycopy(controls.weights, 0, steadyWeights, 0, steadyWeights.length);
    return frame;
  }

  private boolean same(float[] weights) {
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != steadyWeights[i]) {
        return false;
      }
    }
    return true;
  }

  private static void blend(float[] spoken, float[] frame, float share) {
    for (int i = 0; i < frame.length; i++) {
      frame[i] = Math.fma(share, frame[i] - spoken[i], spoken[i]);
    }
  }
}
