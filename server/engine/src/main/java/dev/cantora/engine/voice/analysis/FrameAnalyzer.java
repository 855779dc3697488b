package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;
import java.util.Arrays;

/**
 * Splits a recording into harmonics and noise, frame by frame: pitch (YIN), harmonic amplitudes and the noise between them
 * ({@link HarmonicProbe}), the voiced share from their ratio below {@value #VOICING_TOP_HZ} Hz, and for unvoiced frames
 * the power per noise band of a short window, so that bursts stay short.
 */
public final class FrameAnalyzer {

  private static final double VOICING_TOP_HZ = 3000;
  /** log2 of the harmonic-to-noise power ratio from which a frame counts as partly and as fully voiced. */
  private static final double VOICED_FROM = 2.0;
  private static final double VOICED_FULLY = 4.0;
  /** Steady voicing from which a frame vouches for its neighbours. */
  private static final float CERTAIN = 0.9f;
  /** Correlation of successive periods from which a frame counts as partly and as fully voiced. */
  private static final double PERIODIC_FROM = 0.5;
  private static final double PERIODIC_FULLY = 0.8;
  private static final double BURST_WINDOW_SEC = 0.010;
  /** Frames on each side among which the noise of a voiced frame is the lower quartile: pitch changes only ever add to it. */
  private static final int NOISE_REACH = 3;
  private static final int MAX_HARMONICS = 400;

  private final double minHz;
  private final double maxHz;
  private final int rateHz;
  private final HarmonicProbe probe;
  private final PitchTracker pitch;
  private final double[] amplitude = new double[MAX_HARMONICS];
  private final double[] harmonic = new double[MAX_HARMONICS];
  private final double[] between = new double[MAX_HARMONICS];

  /** @param minHz and maxHz range in which the pitch is sought */
  public FrameAnalyzer(int rateHz, double minHz, double maxHz) {
    this.rateHz = rateHz;
    this.minHz = minHz;
    this.maxHz = maxHz;
    this.probe = new HarmonicProbe(rateHz, minHz);
    this.pitch = new PitchTracker(rateHz, minHz, maxHz);
  }

  /** Analyses a whole recording. */
  public SpeechFrames analyze(float[] x) {
    int frames = (int) (x.length / (SpeechFrames.HOP_SEC * rateHz)) + 1;
    float[] f0 = pitchTrack(x, frames);
    double[][] rest = new double[frames][];
    float[] steady = new float[frames];
    for (int i = 0; i < frames; i++) {
      int count = harmonics(f0[i]);
      probe.between(x, centre(i), f0[i], between, count);
      probe.harmonicPower(f0[i], harmonic, count);
      steady[i] = voicing(f0[i], count);
      rest[i] = Arrays.copyOf(between, count);
    }
    float[] voicing = edges(x, f0, steady, rest);
    float[][] voicedNoise = new float[frames][];
    for (int i = 0; i < frames; i++) {
      voicedNoise[i] = bandsBetween(rest[i], f0[i]);
    }
    float[][] envelope = new float[frames][];
    float[][] noise = new float[frames][];
    for (int i = 0; i < frames; i++) {
      int count = rest[i].length;
      probe.amplitudes(x, centre(i), f0[i], amplitude, count);
      subtractNoise(rest[i], f0[i], count);
      envelope[i] = HarmonicEnvelope.of(amplitude, count, f0[i]);
      float[] burst = ShortNoise.bands(x, centre(i), BURST_WINDOW_SEC * rateHz, rateHz);
      float[] calm = lowerQuartile(voicedNoise, i);
      noise[i] = new float[NoiseBands.COUNT];
      for (int band = 0; band < NoiseBands.COUNT; band++) {
        noise[i][band] = calm[band] * voicing[i] + burst[band] * (1 - voicing[i]);
      }
      float gate = voicing[i] <= 0 ? SpectralFrame.SILENCE : (float) (StrictMath.log(voicing[i]) / StrictMath.log(2));
      for (int p = 0; p < envelope[i].length; p++) {
        envelope[i][p] = Math.max(SpectralFrame.SILENCE, envelope[i][p] + gate);
      }
    }
    return new SpeechFrames(envelope, noise, f0, voicing);
  }

  private double centre(int frame) {
    return frame * SpeechFrames.HOP_SEC * rateHz;
  }

  private int harmonics(double f0Hz) {
    return Math.min(MAX_HARMONICS, probe.harmonics(f0Hz));
  }

  /**
   * Voicing with sharp edges. The window of four periods sees the first and the last periods of a voiced stretch together
   * with what lies beyond, and takes them for noise. A frame that is periodic from one period to the next, near frames
   * that are voiced for certain, is voiced like them, and what lies between its harmonics is what lies between theirs.
   */
  private float[] edges(float[] x, float[] f0, float[] steady, double[][] rest) {
    var periodicity = new LocalPeriodicity(x, rateHz);
    float[] voicing = new float[steady.length];
    for (int i = 0; i < voicing.length; i++) {
      int reach = (int) Math.ceil(2 / (f0[i] * SpeechFrames.HOP_SEC));
      int like = i;
      for (int away = 1; away <= reach && steady[like] < CERTAIN; away++) {
        for (int j : new int[] {i - away, i + away}) {
          if (j >= 0 && j < steady.length && steady[j] > steady[like]) {
            like = j;
          }
        }
      }
      float local = smoothStep((periodicity.at(centre(i), f0[i]) - PERIODIC_FROM) / (PERIODIC_FULLY - PERIODIC_FROM));
      voicing[i] = Math.min(local, steady[like]);
      if (like != i && voicing[i] > steady[i] && rest[like].length == rest[i].length) {
        rest[i] = rest[like];
      }
    }
    return voicing;
  }

  private static float smoothStep(double at) {
    double part = Math.clamp(at, 0.0, 1.0);
    return (float) (part * part * (3 - 2 * part));
  }

  /** Median of three, gaps bridged by straight lines, the whole filled with the middle of the range when pitchless. */
  private float[] pitchTrack(float[] x, int frames) {
    float[] raw = new float[frames];
    for (int i = 0; i < frames; i++) {
      double hz = pitch.at(x, (int) (i * SpeechFrames.HOP_SEC * rateHz));
      raw[i] = hz < minHz || hz > maxHz ? 0f : (float) hz;
    }
    float[] track = raw.clone();
    for (int i = 1; i + 1 < frames; i++) {
      float[] three = {raw[i - 1], raw[i], raw[i + 1]};
      Arrays.sort(three);
      track[i] = three[1];
    }
    int last = -1;
    for (int i = 0; i < frames; i++) {
      if (track[i] > 0) {
        for (int j = last + 1; j < i; j++) {
          track[j] = last < 0 ? track[i] : track[last] + (track[i] - track[last]) * (j - last) / (i - last);
        }
        last = i;
      }
    }
    Arrays.fill(track, last + 1, frames, last < 0 ? (float) Math.sqrt(minHz * maxHz) : track[last]);
    return track;
  }

  private float voicing(double f0Hz, int count) {
    double tones = 0;
    double rest = 1e-12;
    for (int k = 0; k < count && k * f0Hz < VOICING_TOP_HZ; k++) {
      tones += harmonic[k];
      rest += between[k];
    }
    double ratio = StrictMath.log((tones + 1e-12) / rest) / StrictMath.log(2);
    return smoothStep((ratio - VOICED_FROM) / (VOICED_FULLY - VOICED_FROM));
  }

  private float[] bandsBetween(double[] between, double f0Hz) {
    int count = between.length;
    double[] density = new double[NoiseBands.COUNT];
    for (int band = 0; band < density.length; band++) {
      double low = NoiseBands.edgeHz(band);
      double high = Math.min(NoiseBands.edgeHz(band + 1), rateHz / 2.0);
      int from = Math.clamp((long) (low / f0Hz), 0, count - 1);
      int to = Math.clamp((long) (high / f0Hz), from, count - 1);
      double sum = 0;
      for (int k = from; k <= to; k++) {
        sum += between[k];
      }
      density[band] = high > low ? sum / (to - from + 1) * (high - low) / (rateHz / 2.0) : 0;
    }
    return ShortNoise.log2Rms(density);
  }

  /** What noise adds to a harmonic's reading is taken off again; at least a tenth of the power stays. */
  private void subtractNoise(double[] between, double f0Hz, int count) {
    double period = rateHz / f0Hz;
    double perVariance = 4 * (2 * period * 0.375) / (period * period); // 4 sum(w^2) / sum(w)^2 of a two-period Hann
    for (int k = 0; k < count; k++) {
      int low = Math.max(0, k - 2);
      int high = Math.min(count - 1, k + 3);
      double variance = 0;
      for (int j = low; j <= high; j++) {
        variance += between[j];
      }
      variance /= high - low + 1;
      double power = amplitude[k] * amplitude[k];
      amplitude[k] = Math.sqrt(Math.max(0.1 * power, power - perVariance * variance));
    }
  }

  private static float[] lowerQuartile(float[][] tracks, int centre) {
    int from = Math.max(0, centre - NOISE_REACH);
    int to = Math.min(tracks.length - 1, centre + NOISE_REACH);
    float[] out = new float[NoiseBands.COUNT];
    float[] values = new float[to - from + 1];
    for (int band = 0; band < out.length; band++) {
      for (int i = from; i <= to; i++) {
        values[i - from] = tracks[i][band];
      }
      Arrays.sort(values);
      out[band] = values[values.length / 4];
    }
    return out;
  }
}
