package dev.cantora.daemon.live;

import java.util.List;

/** What tests ask of samples. */
final class Samples {
  private Samples() {}

  static float loudest(float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  static int firstSound(float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] != 0) {
        return i;
      }
    }
    return -1;
  }

  static int lastSound(float[] samples) {
    for (int i = samples.length - 1; i >= 0; i--) {
      if (samples[i] != 0) {
        return i;
      }
    }
    return -1;
  }

  static float[] concatenated(List<LivePeer.Frame> frames) {
    float[] all = new float[frames.size() * 512];
    for (int i = 0; i < frames.size(); i++) {
      System.arraycopy(frames.get(i).samples(), 0, all, i * 512, 512);
    }
    return all;
  }

  static int upwardCrossings(float[] samples) {
    int crossings = 0;
    for (int i = 1; i < samples.length; i++) {
      crossings += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
    }
    return crossings;
  }
}
