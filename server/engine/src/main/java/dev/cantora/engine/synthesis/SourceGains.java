package dev.cantora.engine.synthesis;

import dev.cantora.engine.synthesis.vectorization.GainKernel;
import dev.cantora.engine.voice.NoiseBands;

/** Linear gains of everything one singer sounds with at one instant. */
final class SourceGains {

  /** Greatest number of partials; at 80 Hz that reaches 10 kHz, above which a voice is mostly breath. */
  static final int MAX_PARTIALS = GainKernel.MOST_PARTIALS;

  /** Floats that memory moves together. */
  static final int CACHE_LINE = 16;

  /** Row signs applied; zero from {@link #partials} on to the end of the row. */
  final float[] partial = new float[MAX_PARTIALS];
  /** Number of partials that can be heard. */
  int partials;
  final Bands noise = new Bands();
  final Bands breath = new Bands();

  /** See {@link Reached#fetch}. */
  float fetch() {
    float sum = noise.fetch() + breath.fetch();
    for (int k = 0; k < partials; k += CACHE_LINE) {
      sum += partial[k];
    }
    return sum;
  }

  /** Linear gains of noise bands, and which of them can be heard. */
  static final class Bands {
    final float[] gain = new float[NoiseBands.COUNT];
    /** First band that is not 0, and the one after the last; equal in silence. */
    int first;
    int end;

    float fetch() {
      return gain[0] + gain[NoiseBands.COUNT - 1];
    }

    boolean audible() {
      return first < end;
    }

    void silence() {
      java.util.Arrays.fill(gain, 0f);
      first = 0;
      end = 0;
    }

    /** To be called when gains have changed. */
    void narrow() {
      first = 0;
      end = gain.length;
      while (end > 0 && gain[end - 1] == 0f) {
        end--;
      }
      while (first < end && gain[first] == 0f) {
        first++;
      }
    }
  }
}
