package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.jam.mix.Click;
import dev.cantora.engine.audio.TanhLimiter;
import java.util.Arrays;

/**
 * What one far listener hears. Between this and the common mix it changes over within one block, so that it does not click.
 * For one thread.
 */
final class PrivateMix {

  private final float[] mix;
  private final int frames;
  private final int channels;
  private boolean wanted;
  private float share;

  PrivateMix(int frames, int channels) {
    this.frames = frames;
    this.channels = channels;
    this.mix = new float[frames * channels];
  }

  void wanted(boolean now) {
    wanted = now;
  }

  /** Changes over at once. */
  void settle() {
    share = wanted ? 1 : 0;
  }

  /** Whether it must be mixed: it is heard, or still fades. */
  boolean heard() {
    return wanted || share > 0;
  }

  void begin() {
    Arrays.fill(mix, 0);
  }

  float[] mono() {
    return channels == 1 ? mix : null;
  }

  float[] stereo() {
    return channels == 2 ? mix : null;
  }

  /** @param common as this listener would hear it otherwise @param clicks null when they hear none */
  float[] finish(float[] common, float[] clicks) {
    TanhLimiter.apply(mix, mix.length);
    if (clicks != null) {
      Click.addLimited(clicks, mix, frames, channels);
    }
    float target = wanted ? 1 : 0;
    if (share != target) {
      for (int frame = 0, i = 0; frame < frames; frame++) {
        float now = share + (target - share) * (frame + 1) / frames;
        for (int channel = 0; channel < channels; channel++, i++) {
          mix[i] = now * mix[i] + (1 - now) * common[i];
        }
      }
      share = target;
    }
    return mix;
  }
}
