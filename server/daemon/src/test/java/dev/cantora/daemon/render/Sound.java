package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;

/** A mono render fetched over HTTP, and what can be measured of it. */
final class Sound {
  static final int RATE = 48000;

  private final float[] samples;

  private Sound(float[] samples) {
    this.samples = samples;
  }

  /** Renders a body and fetches the audio. */
  static Sound of(TestDaemon daemon, String body) {
    Reply rendered = daemon.post("/api/v1/render", body);
    if (rendered.status() != 200) {
      throw new AssertionError(rendered.toString());
    }
    JsonNode result = rendered.json();
    return new Sound(RenderHttpTest.samples(daemon.get(result.path("audioUrl").asText()).body()));
  }

  /** Pitch around a time by autocorrelation over 40 ms. @param nearHz what it is about */
  double pitchHz(double sec, double nearHz) {
    int window = 1920;
    int from = (int) (sec * RATE) - window / 2;
    int bestLag = 0;
    double best = -1;
    double[] value = new double[(int) (RATE / nearHz * 1.5) + 2];
    for (int lag = (int) (RATE / nearHz / 1.4); lag < value.length - 1; lag++) {
      value[lag] = correlation(from, window, lag);
      if (value[lag] > best) {
        best = value[lag];
        bestLag = lag;
      }
    }
    double before = correlation(from, window, bestLag - 1);
    double after = correlation(from, window, bestLag + 1);
    return RATE / (bestLag + 0.5 * (before - after) / (before - 2 * best + after));
  }

  private double correlation(int from, int window, int lag) {
    double both = 0;
    double one = 0;
    double other = 0;
    for (int i = 0; i < window; i++) {
      double a = samples[from + i];
      double b = samples[from + i + lag];
      both += a * b;
      one += a * a;
      other += b * b;
    }
    return both / Math.sqrt(one * other + 1e-30);
  }

  static double cents(double hz, double againstHz) {
    return 1200 * Math.log(hz / againstHz) / Math.log(2);
  }

  /** Amplitude at a frequency between two times, through a Hann window. */
  double amplitude(double hz, double fromSec, double toSec) {
    int from = (int) (fromSec * RATE);
    int count = (int) ((toSec - fromSec) * RATE);
    double re = 0;
    double im = 0;
    for (int i = 0; i < count; i++) {
      double window = 1 - Math.cos(2 * Math.PI * i / count);
      double angle = 2 * Math.PI * hz * i / RATE;
      re += window * samples[from + i] * Math.cos(angle);
      im += window * samples[from + i] * Math.sin(angle);
    }
    return 2 * Math.hypot(re, im) / count;
  }

  /** Mean amplitude halfway between harmonics 3 to 40: what is noise. */
  double between(double f0Hz, double fromSec, double toSec) {
    double sum = 0;
    for (int k = 3; k <= 40; k++) {
      sum += amplitude((k + 0.5) * f0Hz, fromSec, toSec);
    }
    return sum / 38;
  }

  /** Mean frequency of the first 40 harmonics, weighted by amplitude. */
  double centroidHz(double f0Hz, double fromSec, double toSec) {
    double sum = 0;
    double weighted = 0;
    for (int k = 1; k <= 40; k++) {
      double amplitude = amplitude(k * f0Hz, fromSec, toSec);
      sum += amplitude;
      weighted += amplitude * k * f0Hz;
    }
    return weighted / sum;
  }

  /** Amplitude of harmonics 10 to 20 over that of the first two. */
  double highOverLow(double f0Hz, double fromSec, double toSec) {
    double high = 0;
    for (int k = 10; k <= 20; k++) {
      high += amplitude(k * f0Hz, fromSec, toSec);
    }
    return high / (amplitude(f0Hz, fromSec, toSec) + amplitude(2 * f0Hz, fromSec, toSec));
  }

  float[] samples() {
    return samples;
  }
}
