package dev.cantora.daemon.testing;

import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.PresetWriter;
import dev.cantora.engine.voice.TimbreSpectra;
import dev.cantora.engine.voice.VoiceDefaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small voices of the reference's format, made on the spot: AH, EE and OO as plain resonance curves. */
public final class TestVoices {
  private static final int BINS = 1025;
  private static final int HARMONICS = 80;

  private TestVoices() {}

  /** Writes preset {@code presetDir/id}, whole and with a true hash. */
  public static void write(Path presetDir, String id) {
    write(presetDir, id, 48000);
  }

  /** @param sampleRateHz of the voice, at which its live sessions run */
  public static void write(Path presetDir, String id, int sampleRateHz) {
    try {
      PresetWriter.write(presetDir.resolve(id), id, "0.2.0",
          new PresetManifest.Analysis(42.7, 10, "yin", HARMONICS, "moving_average", "residual_approx", 2048), sampleRateHz,
          List.of(timbre("AH", 730, 1090), timbre("EE", 270, 2290), timbre("OO", 300, 870)), Map.of(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TimbreSpectra timbre(String name, double... formantsHz) {
    float[] axis = new float[BINS];
    float[] envelope = new float[BINS];
    float[] noise = new float[BINS];
    float[] harmonics = new float[HARMONICS];
    for (int i = 0; i < BINS; i++) {
      axis[i] = (float) (i * 24000.0 / (BINS - 1));
      double power = 1e-6;
      for (double formantHz : formantsHz) {
        double away = (axis[i] - formantHz) / 80;
        power += 1 / (1 + away * away);
      }
      envelope[i] = (float) (10 * Math.log10(power));
      noise[i] = envelope[i] - 20;
    }
    for (int k = 0; k < HARMONICS; k++) {
      harmonics[k] = 1f / (k + 1);
    }
    return new TimbreSpectra(name, harmonics, axis, envelope, noise,
        new VoiceDefaults(18, 0.12, new Vibrato(5.8, 35, 0.22)));
  }
}
