package dev.cantora.engine.synthesis;

import dev.cantora.engine.numeric.Elementary;
import dev.cantora.engine.numeric.Fft;
import dev.cantora.engine.numeric.SplitMix64;
import dev.cantora.engine.synthesis.vectorization.SampleKernel;
import dev.cantora.engine.voice.NoiseBands;

/**
 * Endless noise, one loop per band of {@link NoiseBands}, of unit RMS in its band. Bands overlap as triangles of power on
 * the Bark axis, so that equal densities sum to a flat spectrum. Loops are made once per sample rate: random phases under
 * the band's window, an inverse FFT, and an equal-power cross-fade of the end into the beginning that gives every band a
 * length of its own; all bands together repeat only after ages. Any sample of any band can be had by its index, which is
 * what lets chunks of a render be made in any order.
 */
public final class NoiseBank {

  private static final int FFT_SIZE = 1 << 15;
  private static final int FADE = 1024;
  private static final long SEED = 0x6e6f697365L;
  /** Subtracted from the loop lengths; all different, so that no two bands repeat together. */
  private static final int[] SHORTER = {0, 331, 709, 1103, 1511, 1931, 2347, 2767, 3191, 3613, 4027, 4447, 4871, 5303, 5717,
      6143, 6571, 6991, 7417, 7841, 8263, 8689, 9109, 9533};

  private final float[][] loops = new float[NoiseBands.COUNT][];
  private final int[] lengths = new int[NoiseBands.COUNT];

  /** Makes the bank; takes some tens of milliseconds. @param sampleRateHz of the audio */
  public NoiseBank(int sampleRateHz) {
    Fft fft = new Fft(FFT_SIZE);
    double[] re = new double[FFT_SIZE];
    double[] im = new double[FFT_SIZE];
    for (int band = 0; band < NoiseBands.COUNT; band += 2) {
      java.util.Arrays.fill(re, 0);
      java.util.Arrays.fill(im, 0);
      double first = spectrum(band, sampleRateHz, re, im, false);
      double second = spectrum(band + 1, sampleRateHz, re, im, true);
      fft.inverse(re, im);
      loops[band] = loop(band, re, first);
      loops[band + 1] = loop(band + 1, im, second);
    }
  }

  /** Loops by band, each readable {@link SampleKernel#SEGMENT} samples beyond its length. Not to be written. */
  float[][] loops() {
    return loops;
  }

  /** Where each band's loop stands at a sample. @param shift 0 or more, moves the noises of different singers apart */
  void seek(long sample, long shift, int[] positions) {
    for (int band = 0; band < positions.length; band++) {
      positions[band] = (int) ((sample + shift) % lengths[band]);
    }
  }

  /** Moves all positions on. @param samples at most the shortest loop */
  void advance(int samples, int[] positions) {
    for (int band = 0; band < positions.length; band++) {
      int position = positions[band] + samples;
      positions[band] = position < lengths[band] ? position : position - lengths[band];
    }
  }

  /**
   * Adds a Hermitian spectrum of random phases under the band's window; as the imaginary half when {@code quadrature}, so
   * that one transform makes two real noises. Returns the RMS that the band would have if nothing lay beyond Nyquist.
   */
  private static double spectrum(int band, int sampleRateHz, double[] re, double[] im, boolean quadrature) {
    double spacing = (double) sampleRateHz / FFT_SIZE;
    double power = 0;
    int top = (int) Math.ceil(NoiseBands.edgeHz(NoiseBands.COUNT) / spacing);
    for (int bin = 1; bin <= top; bin++) {
      double weight = window(band, bin * spacing);
      if (weight == 0) {
        continue;
      }
      power += 2 * weight;
      if (bin >= FFT_SIZE / 2) {
        continue;
      }
      double amplitude = Math.sqrt(weight);
      double turn = SplitMix64.unitAt(SEED + band, bin);
      double c = amplitude * Elementary.sinTurns(turn + 0.25);
      double s = amplitude * Elementary.sinTurns(turn);
      if (quadrature) { // i (c + i s) and i (c - i s)
        re[bin] -= s;
        im[bin] += c;
        re[FFT_SIZE - bin] += s;
        im[FFT_SIZE - bin] += c;
      } else {
        re[bin] += c;
        im[bin] += s;
        re[FFT_SIZE - bin] += c;
        im[FFT_SIZE - bin] -= s;
      }
    }
    return Math.sqrt(power);
  }

  /** Power weight of a frequency in a band: a triangle over the centres of the neighbours; the outermost bands end flat. */
  private static double window(int band, double hz) {
    double position = NoiseBands.position(hz) - 0.5 - band;
    if (position <= -1 || position >= 1) {
      return 0;
    }
    if (band == 0 && position < 0 || band == NoiseBands.COUNT - 1 && position > 0) {
      return 1;
    }
    return 1 - Math.abs(position);
  }

  private float[] loop(int band, double[] noise, double rms) {
    int length = FFT_SIZE - FADE - SHORTER[band];
    lengths[band] = length;
    float[] loop = new float[length + SampleKernel.SEGMENT];
    for (int i = 0; i < length; i++) {
      double value = noise[i];
      if (i < FADE) {
        double in = (i + 0.5) / FADE;
        value = value * Math.sqrt(in) + noise[length + i] * Math.sqrt(1 - in);
      }
      loop[i] = (float) (value / rms);
    }
    System.arraycopy(loop, 0, loop, length, SampleKernel.SEGMENT);
    return loop;
  }
}
