package dev.cantora.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "compare", description = "Two recordings: level, pitch, noise, likeness; exit 1 when they are unlike.")
final class CompareCommand extends ToolCommand {
  private static final double ALIKE = 0.8;
  private static final int FRAME = 4096;
  private static final double LOWEST_HZ = 50;
  private static final double HIGHEST_HZ = 1000;

  @Parameters(index = "0", paramLabel = "REF")
  private Path reference;

  @Parameters(index = "1", paramLabel = "TEST")
  private Path test;

  /** Pitch by autocorrelation of the middle of a recording, and harmonics-to-noise ratio after Boersma (1993). */
  private record Tone(double f0Hz, double hnrDb) {}

  @Override
  public Integer call() throws IOException {
    WavFile a = WavFile.read(reference);
    WavFile b = WavFile.read(test);
    Tone toneA = tone(a);
    Tone toneB = tone(b);
    double likeness = correlation(a.samples(), b.samples());
    boolean pass = likeness > ALIKE;
    ObjectNode answer = answer().put("refRms", rms(a.samples())).put("testRms", rms(b.samples()))
        .put("refF0Hz", toneA.f0Hz()).put("testF0Hz", toneB.f0Hz());
    boolean pitched = toneA.f0Hz() > 0 && toneB.f0Hz() > 0;
    answer.put("pitchErrorCents", pitched ? 1200 * Math.log(toneB.f0Hz() / toneA.f0Hz()) / Math.log(2) : 0)
        .put("refHnrDb", toneA.hnrDb()).put("testHnrDb", toneB.hnrDb()).put("correlation", likeness)
        .put("verdict", pass ? "PASS" : "FAIL");
    print(answer, List.of("correlation %.4f: %s".formatted(likeness, pass ? "PASS" : "FAIL")));
    return pass ? 0 : 1;
  }

  private static double rms(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += v * v;
    }
    return x.length == 0 ? 0 : Math.sqrt(sum / x.length);
  }

  /** Pearson's, over the length they share; two silences are alike. */
  private static double correlation(float[] a, float[] b) {
    int n = Math.min(a.length, b.length);
    double sumA = 0;
    double sumB = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      sumA += a[i] * a[i];
      sumB += b[i] * b[i];
      product += a[i] * b[i];
    }
    return sumA == 0 && sumB == 0 ? 1 : sumA == 0 || sumB == 0 ? 0 : product / Math.sqrt(sumA * sumB);
  }

  private static Tone tone(WavFile wav) {
    float[] x = wav.samples();
    int n = Math.min(FRAME, x.length / 2);
    int from = Math.max(0, x.length / 2 - n);
    int low = Math.max(2, (int) (wav.sampleRateHz() / HIGHEST_HZ));
    int high = Math.min(n - 2, (int) (wav.sampleRateHz() / LOWEST_HZ));
    double[] r = new double[Math.max(0, high) + 2];
    for (int lag = low - 1; lag <= high + 1 && lag < r.length; lag++) {
      r[lag] = normalised(x, from, n, lag);
    }
    double best = 0;
    for (int lag = low; lag <= high; lag++) {
      best = Math.max(best, r[lag]);
    }
    for (int lag = low; lag <= high && best > 0.3; lag++) {
      if (r[lag] >= 0.95 * best && r[lag] >= r[lag - 1] && r[lag] >= r[lag + 1]) {
        double bend = r[lag - 1] - 2 * r[lag] + r[lag + 1];
        double shift = bend == 0 ? 0 : 0.5 * (r[lag - 1] - r[lag + 1]) / bend;
        double harmonic = Math.min(r[lag], 1 - 1e-9);
        return new Tone(wav.sampleRateHz() / (lag + shift), 10 * Math.log10(harmonic / (1 - harmonic)));
      }
    }
    return new Tone(0, 0);
  }

  private static double normalised(float[] x, int from, int n, int lag) {
    double product = 0;
    double here = 0;
    double there = 0;
    for (int i = from; i < from + n && i + lag < x.length; i++) {
      product += x[i] * x[i + lag];
      here += x[i] * x[i];
      there += x[i + lag] * x[i + lag];
    }
    return here == 0 || there == 0 ? 0 : product / Math.sqrt(here * there);
  }
}
