package dev.cantora.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "gen-vowel-wav", description = "Writes AH, EE and OO as test recordings: 3 s, 48 kHz, 220 Hz, -3 dBFS.")
final class GenVowelWavCommand extends ToolCommand {
  private static final int RATE_HZ = 48000;
  private static final double F0_HZ = 220;
  private static final double SECONDS = 3;
  private static final double FADE_SEC = 0.01;
  private static final double PEAK = Math.pow(10, -3 / 20.0);

  /** Formants in Hz (contract, section 11) and bandwidths usual for them. */
  private static final double[] BANDWIDTHS_HZ = {60, 90, 120, 150};
  private static final Map<String, double[]> FORMANTS_HZ = new LinkedHashMap<>();

  static {
    FORMANTS_HZ.put("AH", new double[] {730, 1090, 2440, 3400});
    FORMANTS_HZ.put("EE", new double[] {270, 2290, 3010, 3400});
    FORMANTS_HZ.put("OO", new double[] {300, 870, 2240, 3400});
  }

  @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = "calib/default-voice")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    var lines = new ArrayList<String>();
    var answer = answer();
    var files = answer.putArray("files");
    for (Map.Entry<String, double[]> vowel : FORMANTS_HZ.entrySet()) {
      Path file = folder.resolve(vowel.getKey() + ".wav");
      WavFile.write(file, tone(vowel.getValue()), RATE_HZ);
      files.add(file.toString());
      lines.add(file.toString());
    }
    print(answer, lines);
    return 0;
  }

  /** Harmonics with a source falling by 12 dB an octave, weighted by cascaded resonances (Klatt 1980). */
  private static float[] tone(double[] formantsHz) {
    int n = (int) (SECONDS * RATE_HZ);
    double[] sum = new double[n];
    for (int k = 1; k * F0_HZ < RATE_HZ / 2.0; k++) {
      double gain = 1.0 / (k * k);
      for (int i = 0; i < formantsHz.length; i++) {
        gain *= resonance(k * F0_HZ, formantsHz[i], BANDWIDTHS_HZ[i]);
      }
      double step = 2 * Math.PI * k * F0_HZ / RATE_HZ;
      for (int i = 0; i < n; i++) {
        sum[i] += gain * Math.sin(step * i);
      }
    }
    double peak = 0;
    for (double v : sum) {
      peak = Math.max(peak, Math.abs(v));
    }
    int fade = (int) (FADE_SEC * RATE_HZ);
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      double edge = Math.min(1, Math.min(i, n - 1 - i) / (double) fade);
      out[i] = (float) (PEAK * edge * sum[i] / peak);
    }
    return out;
  }

  private static double resonance(double hz, double formantHz, double bandwidthHz) {
    double real = formantHz * formantHz + bandwidthHz * bandwidthHz / 4 - hz * hz;
    double imaginary = bandwidthHz * hz;
    return (formantHz * formantHz + bandwidthHz * bandwidthHz / 4) / Math.hypot(real, imaginary);
  }
}
