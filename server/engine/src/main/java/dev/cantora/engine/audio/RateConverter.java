package dev.cantora.engine.audio;

import java.io.IOException;

/**
 * 44.1 kHz as 48 kHz: 160 phases of a Kaiser-windowed sinc with {@value #TAPS} taps, passing up to 20 kHz. Reads as any
 * other audio.
 */
final class RateConverter implements Pcm {
  private static final int UP = 160;
  private static final int DOWN = 147;
  private static final int TAPS = 64;
  private static final double BETA = 9;
  private static final float[] FILTER = filter();

  private final Pcm in;

  RateConverter(Pcm in) {
    if (in.sampleRateHz() != 44_100) {
      throw new IllegalArgumentException(in.sampleRateHz() + " Hz");
    }
    this.in = in;
  }

  private static float[] filter() {
    float[] filter = new float[UP * TAPS];
    double cutoff = 0.47 * 2; // of the input's rate
    for (int phase = 0; phase < UP; phase++) {
      double sum = 0;
      double[] taps = new double[TAPS];
      for (int tap = 0; tap < TAPS; tap++) {
        double x = tap - TAPS / 2 + 1 - (double) phase / UP;
        double edge = x / (TAPS / 2);
        double window = Math.abs(edge) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA);
        double angle = Math.PI * cutoff * x;
        taps[tap] = window * cutoff * (x == 0 ? 1 : StrictMath.sin(angle) / angle);
        sum += taps[tap];
      }
      for (int tap = 0; tap < TAPS; tap++) {
        filter[phase * TAPS + tap] = (float) (taps[tap] / sum);
      }
    }
    return filter;
  }

  /** Modified Bessel function of the first kind, order 0. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; k < 40; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }

  @Override
  public int channels() {
    return in.channels();
  }

  @Override
  public int sampleRateHz() {
    return 48_000;
  }

  @Override
  public long frames() {
    return (in.frames() * UP + DOWN - 1) / DOWN;
  }

  @Override
  public Reader open() throws IOException {
    Reader source = in.open();
    int channels = in.channels();
    return new Reader() {
      private final float[] history = new float[TAPS * channels];
      private final float[] next = new float[channels];
      private long read;
      private long made;
      {
        while (read < TAPS / 2) {
          shift();
        }
      }

      private void shift() throws IOException {
        System.arraycopy(history, channels, history, 0, history.length - channels);
        int got = source.read(next, 1);
        for (int c = 0; c < channels; c++) {
          history[history.length - channels + c] = got > 0 ? next[c] : 0f;
        }
        read++;
      }

      @Override
      public int read(float[] interleaved, int most) throws IOException {
        int count = (int) Math.min(most, frames() - made);
        for (int i = 0; i < count; i++) {
          long position = made * DOWN;
          while (read < position / UP + TAPS / 2 + 1) {
            shift();
          }
          int phase = (int) (position % UP);
          for (int c = 0; c < channels; c++) {
            float sum = 0;
            for (int tap = 0; tap < TAPS; tap++) {
              sum = Math.fma(FILTER[phase * TAPS + tap], history[tap * channels + c], sum);
            }
            interleaved[i * channels + c] = sum;
          }
          made++;
        }
        return count;
      }

      @Override
      public void close() throws IOException {
        source.close();
      }
    };
  }
}
