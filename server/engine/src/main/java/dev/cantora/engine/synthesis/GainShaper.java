package dev.cantora.engine.synthesis;

import dev.cantora.engine.numeric.Elementary;
import dev.cantora.engine.performance.ControlPoint;
import dev.cantora.engine.synthesis.vectorization.Exp2;
import dev.cantora.engine.synthesis.vectorization.GainKernel;
import dev.cantora.engine.synthesis.vectorization.SampleKernel;
import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.SpectralGrid;
import java.util.Arrays;

/**
 * A spectral frame and the singer's controls to the gain of every partial and noise band: the voice's source. Loudness is
 * not gain alone: measured on singers, when the whole rises by 1 dB the region of 2 to 4 kHz rises by 1.5 to 1.8 dB
 * (Sundberg, "The Science of the Singing Voice", 1987, ch. 4), here {@value #TILT_SHARE} dB per octave above
 * {@value #TILT_FROM_HZ} Hz for every dB, and breath rises more slowly than the voice. Neutral at velocity 0.8.
 */
final class GainShaper {

  private static final double NEUTRAL_EFFORT = 0.8;
  private static final double TILT_SHARE = 0.2;
  private static final double TILT_FROM_HZ = 300;
  /** Least effort in the tilt: -18 dB below neutral. */
  private static final double LEAST_EFFORT = 0.1;
  /** Tilt in log2 amplitude per octave of a fully pressed voice. */
  private static final double TENSION_TILT = 0.25;
  private static final double TENSION_BREATH = 1.5;
  /** Breath follows level to this power. */
  private static final double BREATH_POWER = 0.7;
  /** Whispered noise against the harmonics of the same envelope, log2. */
  private static final float WHISPER_LEVEL = -1f;
  /** Partials and noise bands below this are left out: -110 dB full scale, -90 dB below a voice's usual RMS of 0.1. */
  private static final float INAUDIBLE = 0x1.a8p-19f;
  /** Partials fade out between these shares of the Nyquist frequency. */
  private static final float FADE_FROM = 0.88f;
  private static final float FADE_TO = 0.96f;

  private static final float[] LOG2 = new float[SourceGains.MAX_PARTIALS];
  private static final float[] BAND_HZ = new float[NoiseBands.COUNT];
  private static final float[] BAND_WIDTH_LOG2 = new float[NoiseBands.COUNT];

  static {
    for (int k = 1; k <= LOG2.length; k++) {
      LOG2[k - 1] = (float) Elementary.log2(k);
    }
    for (int band = 0; band < BAND_HZ.length; band++) {
      double low = NoiseBands.edgeHz(band);
      double high = NoiseBands.edgeHz(band + 1);
      BAND_HZ[band] = (float) ((low + high) / 2);
      BAND_WIDTH_LOG2[band] = (float) (Elementary.log2(high - low) / 2);
    }
  }

  private final SpectralGrid grid;
  private final GainKernel kernel;
  private final float nyquistHz;
  private final int[] scratch = new int[SourceGains.MAX_PARTIALS];
  private final float[] shifted = new float[NoiseBands.COUNT];
  /** Gain per partial of the voice, padded; all 1 for voices that have none. */
  private final float[] factor = new float[SourceGains.MAX_PARTIALS];

  GainShaper(SpectralGrid grid, int sampleRateHz, GainKernel kernel) {
    this.grid = grid;
    this.kernel = kernel;
    this.nyquistHz = sampleRateHz / 2f;
    Arrays.fill(factor, 1f);
  }

  /** @param c what the singer does at this instant */
  void shape(SpectralFrame frame, ControlPoint c, SourceGains out) {
    double effort = Math.max(LEAST_EFFORT, c.effort);
    double loudness = Elementary.log2(effort / NEUTRAL_EFFORT);
    float tilt = (float) (loudness * TILT_SHARE + c.tension * TENSION_TILT);
    float stretch = c.formantShift == 0f ? 1f : (float) Elementary.exp2(-c.formantShift / 12);
    harmonics(frame, c, tilt, stretch, out);
    noise(frame, c, stretch, out);
  }

  private void harmonics(SpectralFrame frame, ControlPoint c, float tilt, float stretch, SourceGains out) {
    float voiced = c.level * (1f - c.whisper);
    float f0Hz = (float) c.f0Hz;
    int count = (int) Math.min(SourceGains.MAX_PARTIALS, FADE_TO * nyquistHz / f0Hz);
    if (grid.partials() > 0) {
      count = Math.min(count, grid.partials());
    }
    if (voiced < INAUDIBLE || count == 0) {
      silence(out, 0);
      return;
    }
    float[] gain = out.partial;
    float spacing = f0Hz * stretch / (float) grid.spacingHz();
    count = kernel.sample(frame.envelope, spacing, grid.silentLog2(), SpectralFrame.SILENCE, scratch, gain, count);
    if (count == 0) {
      silence(out, 0);
      return;
    }
    if (grid.partials() > 0) {
      System.arraycopy(frame.partialGain, 0, factor, 0, count);
    }
    kernel.harmonics(gain, count, LOG2, (float) Elementary.log2(f0Hz / TILT_FROM_HZ), tilt, factor, voiced);
    fadeBeforeNyquist(gain, count, f0Hz);
    while (count > 0 && gain[count - 1] < INAUDIBLE) {
      count--;
    }
    silence(out, count);
    for (int row = 2 * SampleKernel.ROW; row < count; row += 4 * SampleKernel.ROW) {
      for (int k = row; k < Math.min(count, row + 2 * SampleKernel.ROW); k++) {
        gain[k] = -gain[k];
      }
    }
  }

  private static void silence(SourceGains out, int from) {
    out.partials = from;
    Arrays.fill(out.partial, from, out.partial.length, 0f);
  }

  private void fadeBeforeNyquist(float[] gain, int count, float f0Hz) {
    float from = FADE_FROM * nyquistHz;
    float scale = 1f / ((FADE_TO - FADE_FROM) * nyquistHz);
    for (int k = Math.max(0, (int) (from / f0Hz) - 1); k < count; k++) {
      float over = ((k + 1) * f0Hz - from) * scale;
      if (over > 0f) {
        gain[k] *= Math.max(0f, 1f - over);
      }
    }
  }

  private void noise(SpectralFrame frame, ControlPoint c, float stretch, SourceGains out) {
    bands(frame.noise, grid.silentLog2(), c.level > 0f ? (float) Elementary.log2(c.level) : SpectralFrame.SILENCE, stretch,
        out.noise);
    float breath = (float) (c.breathiness * Elementary.exp2(-TENSION_BREATH * c.tension));
    if (breath <= 0f && c.whisper <= 0f || c.level <= 0f) {
      out.breath.silence();
      return;
    }
    double level = Elementary.log2(c.level);
    float gain = breath > 0f ? (float) (Elementary.log2(breath) + BREATH_POWER * level) : SpectralFrame.SILENCE;
    bands(frame.breath, SpectralFrame.SILENCE, gain, stretch, out.breath);
    if (c.whisper > 0f) {
      whisper(frame, (float) level + (float) Elementary.log2(c.whisper), stretch, out.breath);
    }
  }

  /** Turbulence through the same tract: the envelope's power per band, less the fall of a glottal source. */
  private void whisper(SpectralFrame frame, float gain, float stretch, SourceGains.Bands out) {
    for (int band = 0; band < NoiseBands.COUNT; band++) {
      float position = Math.min(BAND_HZ[band] * stretch / (float) grid.spacingHz(), grid.points() - 1);
      if (frame.envelope[(int) position] <= grid.silentLog2()) {
        continue;
      }
      float octaves = Math.max(0f,
          Math.min(GainKernel.TILT_OCTAVES, (float) Elementary.log2(BAND_HZ[band] / TILT_FROM_HZ)));
      float log = frame.envelope[(int) position] + BAND_WIDTH_LOG2[band] - 3.8f + WHISPER_LEVEL + octaves + gain;
      float value = Exp2.of(log);
      if (value >= INAUDIBLE) {
        out.gain[band] = (float) Math.sqrt(out.gain[band] * out.gain[band] + value * value);
      }
    }
    out.narrow();
  }

  /** Linear gains of bands in log2; bands that cannot be heard or stand for nothing become 0. */
  private void bands(float[] log, float silent, float gain, float stretch, SourceGains.Bands out) {
    float loudest = Float.NEGATIVE_INFINITY;
    for (float each : log) {
      loudest = each > loudest ? each : loudest; // faster than the maximum, which minds NaN
    }
    if (loudest <= silent || Exp2.of(loudest + gain) < INAUDIBLE) {
      out.silence();
      return;
    }
    if (stretch == 1f) {
      System.arraycopy(log, 0, shifted, 0, shifted.length);
    } else {
      for (int band = 0; band < shifted.length; band++) {
        float position = (float) (NoiseBands.position(BAND_HZ[band] * stretch) - 0.5);
        int low = Math.max(0, Math.min(shifted.length - 2, (int) position));
        float part = Math.max(0f, Math.min(1f, position - low));
        shifted[band] = Math.fma(part, log[low + 1] - log[low], log[low]);
      }
    }
    for (int band = 0; band < shifted.length; band++) {
      shifted[band] = shifted[band] > silent ? shifted[band] : SpectralFrame.SILENCE;
    }
    kernel.bands(shifted, gain, INAUDIBLE, shifted.length, out.gain);
    out.narrow();
  }
}
