package dev.cantora.engine.voice;

import dev.cantora.engine.score.Vibrato;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes small presets of the reference's format: AH, EE and OO with the formants of contract section 11
 * ({@code gen-vowel-wav}), so that tests need no recordings.
 */
public final class ReferencePresets {

  private static final int BINS = 1025;
  private static final int HARMONICS = 80;
  private static final Map<String, double[]> FORMANTS = Map.of(
      "AH", new double[] {730, 1090, 2440, 3400},
      "EE", new double[] {270, 2290, 3010, 3400},
      "OO", new double[] {300, 870, 2240, 3400});

  private ReferencePresets() {}

  /** A whole and honest preset {@code dir/id} of version 0.2.0. */
  public static Path valid(Path dir, String id) {
    return valid(dir, id, "0.2.0");
  }

  public static Path valid(Path dir, String id, String version) {
    try {
      PresetWriter.write(dir.resolve(id), id, version,
          new PresetManifest.Analysis(42.7, 10, "yin", HARMONICS, "moving_average", "residual_approx", 2048), 48000,
          List.of(timbre("AH"), timbre("EE"), timbre("OO")), Map.of(), null);
      return dir.resolve(id);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Replaces text in the manifest; fails when there is nothing to replace. */
  public static void editManifest(Path preset, String from, String to) {
    try {
      Path file = preset.resolve(PresetManifest.FILE_NAME);
      String before = Files.readString(file);
      String after = before.replace(from, to);
      if (after.equals(before)) {
        throw new IllegalArgumentException("the manifest has no " + from);
      }
      Files.writeString(file, after);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Makes the integrity block a stub, so that later checks are reached. */
  public static void unverified(Path preset) {
    try {
      Path file = preset.resolve(PresetManifest.FILE_NAME);
      Files.writeString(file, Files.readString(file).replaceAll("sha256:[0-9a-f]{64}", "sha256:pending"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static TimbreSpectra timbre(String name) {
    float[] axis = new float[BINS];
    float[] envelope = new float[BINS];
    float[] noise = new float[BINS];
    for (int i = 0; i < BINS; i++) {
      double hz = i * 24000.0 / (BINS - 1);
      axis[i] = (float) hz;
      double power = 1e-6;
      double[] formants = FORMANTS.get(name);
      for (int f = 0; f < formants.length; f++) {
        double away = (hz - formants[f]) / (50 + 20 * f);
        power += Math.pow(10, -0.6 * f) / (1 + away * away);
      }
      envelope[i] = (float) (10 * Math.log10(power));
      noise[i] = envelope[i] - 20;
    }
    float[] harmonics = new float[HARMONICS];
    java.util.Arrays.fill(harmonics, 1f);
    return new TimbreSpectra(name, harmonics, axis, envelope, noise, new VoiceDefaults(18, 0.12, new Vibrato(5.8, 35, 0.22)));
  }
}
