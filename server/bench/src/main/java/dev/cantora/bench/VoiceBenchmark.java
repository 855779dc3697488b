package dev.cantora.bench;

import dev.cantora.engine.Engine;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How well the voices are understood and how true their vowels are: a rhyme test by machine at A2 and A3.
 *
 * <p>Arguments: preset folders; {@code --sets FILE} for other words than the project's own, {@code --midi N} for one pitch,
 * {@code --keep DIR} to keep the sound, {@code --verbose} to see what was taken for what.
 */
public final class VoiceBenchmark {

  private VoiceBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> missing = Tool.missing("pocketsphinx_batch", "sox", "praat");
    if (!missing.isEmpty()) {
      System.err.println("bench voice needs " + String.join(", ", missing) + ", which is not on PATH (Debian: apt-get install"
          + " pocketsphinx pocketsphinx-en-us sox praat)");
      System.exit(1);
    }
    String sets = null;
    Path keep = null;
    boolean verbose = false;
    var pitches = new ArrayList<Double>(List.of(45.0, 57.0));
    var presets = new ArrayList<Path>();
    for (var rest = new ArrayList<>(Arrays.asList(args)); !rest.isEmpty(); ) {
      String arg = rest.removeFirst();
      switch (arg) {
        case "--sets" -> sets = Files.readString(Path.of(rest.removeFirst()));
        case "--keep" -> keep = Path.of(rest.removeFirst());
        case "--verbose" -> verbose = true;
        case "--midi" -> {
          pitches.clear();
          pitches.add(Double.parseDouble(rest.removeFirst()));
        }
        default -> presets.add(Path.of(arg));
      }
    }
    var test = RhymeTest.read(sets == null ? ownSets() : sets);
    try (Engine engine = Engine.create()) {
      for (Path preset : presets) {
        Voice voice = engine.loadVoice(preset, warning -> {});
        for (double midi : pitches) {
          Path folder = keep == null ? Files.createTempDirectory("voice") : keep.resolve(voice.id() + "-" + (int) midi);
          test.sing(engine, voice, midi, folder);
          List<RhymeTest.Answer> answers = test.recognise(folder);
          long right = answers.stream().filter(RhymeTest.Answer::right).count();
          System.out.printf(Locale.ROOT, "%-20s midi %.0f  %5.1f %% of %d%n", voice.id(), midi, 100.0 * right / answers.size(), answers.size());
          if (verbose) {
            answers.stream().filter(a -> !a.right()).forEach(a -> System.out.print(a.word() + ">" + a.heard() + " "));
            System.out.println();
          }
          if (keep == null) {
            Tool.delete(folder);
          }
        }
      }
    }
  }

  private static String ownSets() throws IOException {
    try (InputStream in = VoiceBenchmark.class.getResourceAsStream("rhymes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
