package dev.cantora.bench.voice;

import dev.cantora.engine.voice.PresetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether vowels are what the voice states: F1 and F2 of every monophthong, held, measured by praat (Burg, five formants
 * below the ceiling that the voice states) against {@code units.vowels}.
 */
final class VowelIdentity {

  /** Most that a formant may be off. */
  static final double TOLERANCE = 0.12;
  private static final double SECONDS = 1.4;
  private static final double DEFAULT_CEILING_HZ = 5000;
  private static final String SCRIPT = """
      form Formants
        sentence file
        real ceiling
      endform
      Read from file: file$
      To Formant (burg): 0, 5, ceiling, 0.025, 50
      f1 = Get quantile: 1, 0.6, 1.2, "hertz", 0.5
      f2 = Get quantile: 2, 0.6, 1.2, "hertz", 0.5
      writeInfoLine: f1, " ", f2
      """;

  private VowelIdentity() {}

  /** One vowel. @param off largest relative deviation of F1 and F2 */
  record Measured(String phone, double f1Hz, double f2Hz, double off) {
    boolean within() {
      return off <= TOLERANCE;
    }
  }

  static List<Measured> measure(HttpSinger singer, PresetManifest.Units stated, double midi, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path script = Files.writeString(folder.resolve("formants.praat"), SCRIPT);
    double ceilingHz = stated.vowelCeilingHz() > 0 ? stated.vowelCeilingHz() : DEFAULT_CEILING_HZ;
    var measured = new ArrayList<Measured>();
    for (PresetManifest.Vowel vowel : stated.vowels()) {
      if (vowel.phone().equals("AX")) {
        continue; // a reduced vowel, not one that is held
      }
      Path wav = folder.resolve("vowel-" + vowel.phone() + ".wav");
      singer.vowel(vowel.phone(), midi, SECONDS, wav);
      String[] hz = Tool.run("praat", "--run", script.toString(), wav.toAbsolutePath().toString(),
          String.format(Locale.ROOT, "%.0f", ceilingHz)).strip().split(" ");
      double f1 = Double.parseDouble(hz[0]);
      double f2 = Double.parseDouble(hz[1]);
      measured.add(new Measured(vowel.phone(), f1, f2,
          Math.max(off(f1, vowel.formantsHz().get(0)), off(f2, vowel.formantsHz().get(1)))));
    }
    return measured;
  }

  private static double off(double measured, double stated) {
    return Math.abs(measured / stated - 1);
  }
}
