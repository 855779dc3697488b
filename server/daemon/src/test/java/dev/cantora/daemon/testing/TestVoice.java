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

/** A small honest preset of format 0.2.0 with the timbres AH and OO, without vibrato, written where a test wants it. */
public final class TestVoice {
  private static final int BINS = 1025;
  private static final int HARMONICS = 80;

  private TestVoice() {}

  /** Writes {@code presetDir/id}. @return the preset's folder */
  public static Path install(Path presetDir, String id) {
    return install(presetDir, id, 730);
  }

  /** @param openHz first formant of AH, for voices that differ */
  public static Path install(Path presetDir, String id, double openHz) {
    try {
      PresetWriter.write(presetDir.resolve(id), id, "0.2.0",
          new PresetManifest.Analysis(42.7, 10, "yin", HARMONICS, "moving_average", "residual_approx", 2048), 48000,
          List.of(timbre("AH", openHz, 1090), timbre("OO", 300, 870)), Map.of(), null);
      return presetDir.resolve(id);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static TimbreSpectra timbre(String name, double... formantsHz) {
    float[] axis = new float[BINS];
    float[] envelope = new float[BINS];
    float[] noise = new float[BINS];
    for (int i = 0; i < BINS; i++) {
      double hz = i * 24000.0 / (BINS - 1);
      double power = 1e-5;
      for (double formant : formantsHz) {
        double away = (hz - formant) / 80;
        power += 1 / (1 + away * away);
      }
      axis[i] = (float) hz;
      envelope[i] = (float) (10 * Math.log10(power));
      noise[i] = envelope[i] - 20;
    }
    float[] harmonics = new float[HARMONICS];
    for (int k = 0; k < HARMONICS; k++) {
      harmonics[k] = 1f / (k + 1);
    }
    return new TimbreSpectra(name, harmonics, axis, envelope, noise, new VoiceDefaults(30, 0.02, new Vibrato(5.8, 0, 0.2)));
  }
}
