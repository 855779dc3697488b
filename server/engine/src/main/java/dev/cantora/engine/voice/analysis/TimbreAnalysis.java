package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.PresetWriter;
import dev.cantora.engine.voice.TimbreSpectra;
import dev.cantora.engine.voice.VoiceDefaults;
import dev.cantora.engine.voice.units.BankAxis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One held vowel as a timbre of format 0.2.0: the envelope through its harmonics, the harmonics against that envelope, and
 * the noise measured between them, all as the median over the middle half of the recording.
 *
 * @param f0Hz 0 when none was found
 * @param spectra on {@link #BINS} bins from 0 to 24 kHz
 */
public record TimbreAnalysis(String name, double f0Hz, TimbreSpectra spectra) {

  public static final int HARMONICS = 80;
  public static final int BINS = 1025;
  private static final float TOP_HZ = 24000;
  private static final double LOWEST_HZ = 50;
  private static final double HIGHEST_HZ = 1000;
  private static final float FLOOR_DB = -120;
  private static final double DB = 20 * StrictMath.log10(2);

  /** Analyses a recording that {@link RecordingCheck} found usable. */
  public static TimbreAnalysis of(String name, Recording recording) {
    SpeechFrames frames = new FrameAnalyzer(recording.rateHz(), LOWEST_HZ, HIGHEST_HZ).analyze(recording.samples());
    int from = frames.count() / 4;
    int to = Math.max(from + 1, 3 * frames.count() / 4);
    double voiced = 0;
    for (int i = from; i < to; i++) {
      voiced += frames.voicing()[i];
    }
    double f0Hz = voiced < (to - from) / 2.0 ? 0 : median(column(frames, from, to, i -> frames.f0Hz()[i]));
    float[] envelope = new float[BankAxis.POINTS];
    for (int p = 0; p < envelope.length; p++) {
      int point = p;
      envelope[p] = median(column(frames, from, to, i -> frames.envelope()[i][point]));
    }
    float[] noise = new float[NoiseBands.COUNT];
    for (int b = 0; b < noise.length; b++) {
      int band = b;
      noise[b] = median(column(frames, from, to, i -> frames.noise()[i][band]));
    }
    return new TimbreAnalysis(name, f0Hz, spectra(name, envelope, noise, Math.max(LOWEST_HZ, f0Hz)));
  }

  /**
   * Writes a preset of these timbres.
   *
   * @return the assets hash
   */
  public static String write(Path folder, String id, List<TimbreAnalysis> timbres) throws IOException {
    return PresetWriter.write(folder, id, "0.2.0",
        new PresetManifest.Analysis(0, 1000 * SpeechFrames.HOP_SEC, "yin", HARMONICS, "pitch_synchronous_harmonics",
            "between_harmonics", 0), 48000, timbres.stream().map(TimbreAnalysis::spectra).toList(), Map.of(), null);
  }

  private static TimbreSpectra spectra(String name, float[] envelope, float[] noise, double f0Hz) {
    float[] axis = new float[BINS];
    float[] envelopeDb = new float[BINS];
    float[] noiseDb = new float[BINS];
    double harmonic = 0;
    double breath = 0;
    for (int i = 0; i < BINS; i++) {
      axis[i] = TOP_HZ * i / (BINS - 1);
      envelopeDb[i] = Math.max(FLOOR_DB, (float) (DB * at(envelope, axis[i])));
      int band = Math.clamp((int) NoiseBands.position(axis[i]), 0, NoiseBands.COUNT - 1);
      double width = NoiseBands.edgeHz(band + 1) - NoiseBands.edgeHz(band);
      // noise within one harmonic's share of the axis, to stand beside the harmonic's amplitude
      noiseDb[i] = Math.max(FLOOR_DB, (float) (DB * noise[band] + 10 * StrictMath.log10(2 * f0Hz / width)));
      harmonic += StrictMath.pow(10, envelopeDb[i] / 10);
      breath += StrictMath.pow(10, noiseDb[i] / 10);
    }
    float[] harmonics = new float[HARMONICS];
    Arrays.fill(harmonics, 1f); // the envelope passes through every harmonic
    double hnrDb = Math.clamp(10 * StrictMath.log10(harmonic / breath), 0, 60);
    return new TimbreSpectra(name, harmonics, axis, envelopeDb, noiseDb,
        new VoiceDefaults(hnrDb, 0.12, new Vibrato(5.8, 35, 0.22)));
  }

  private static double at(float[] envelope, double hz) {
    double position = hz <= BankAxis.FINE_TOP_HZ ? hz / BankAxis.SPACING_HZ
        : BankAxis.FINE_POINTS - 1 + (hz - BankAxis.FINE_TOP_HZ) / BankAxis.COARSE_HZ;
    int low = Math.min((int) position, envelope.length - 2);
    return envelope[low] + Math.min(1, position - low) * (envelope[low + 1] - envelope[low]);
  }

  private interface Frame {
    float value(int index);
  }

  private static float[] column(SpeechFrames frames, int from, int to, Frame of) {
    float[] column = new float[Math.min(to, frames.count()) - from];
    for (int i = 0; i < column.length; i++) {
      column[i] = of.value(from + i);
    }
    return column;
  }

  private static float median(float[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
