package dev.cantora.bench.voice;

import dev.cantora.engine.Engine;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How well the words of voices are understood: a rhyme test by machine. */
@Command(name = "voice", mixinStandardHelpOptions = true,
    description = "Rhyme test by machine: every word on one note, picked out of its set by PocketSphinx.")
public final class VoiceBenchmark implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "PRESET", description = "preset folders, default presets/default-voice")
  private List<Path> presets = List.of();

  @Option(names = "--sets", paramLabel = "FILE", description = "other words than the project's own, one set of rhymes a line")
  private Path sets;

  @Option(names = "--midi", paramLabel = "N", split = ",", defaultValue = "45,57", description = "pitches, default ${DEFAULT-VALUE}")
  private List<Double> pitches;

  @Option(names = "--keep", paramLabel = "DIR", description = "keep the sound there")
  private Path keep;

  @Option(names = "--confusions", description = "print what was taken for what")
  private boolean confusions;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out = spec.commandLine().getOut();
    List<String> missing = Tool.missing("pocketsphinx_batch", "sox");
    if (!missing.isEmpty()) {
      spec.commandLine().getErr().println("bench voice needs " + String.join(" and ", missing)
          + " on PATH (Debian: apt-get install pocketsphinx pocketsphinx-en-us sox)");
      return 1;
    }
    Path root = Path.of(System.getProperty("cantora.root", "."));
    List<Path> voices = presets.isEmpty() ? List.of(root.resolve("presets/default-voice")) : presets;
    var test = RhymeTest.read(sets == null ? ownSets() : Files.readString(sets));
    try (Engine engine = Engine.create()) {
      for (Path preset : voices) {
        Voice voice = engine.loadVoice(preset, warning -> {});
        for (double midi : pitches) {
          Path folder = keep == null ? Files.createTempDirectory("voice") : keep.resolve(voice.id() + "-" + (int) midi);
          test.sing(engine, voice, midi, folder);
          List<RhymeTest.Answer> answers = test.recognise(folder);
          long right = answers.stream().filter(RhymeTest.Answer::right).count();
          out.printf(Locale.ROOT, "%-20s midi %.0f  %5.1f %% of %d words (chance 16.7 %%)%n", voice.id(), midi,
              100.0 * right / Math.max(1, answers.size()), answers.size());
          if (confusions) {
            answers.stream().filter(a -> !a.right()).forEach(a -> out.print(a.word() + ">" + a.heard() + " "));
            out.println();
          }
          out.flush();
          if (keep == null) {
            Tool.delete(folder);
          }
        }
      }
    }
    return 0;
  }

  private static String ownSets() throws IOException {
    try (InputStream in = VoiceBenchmark.class.getResourceAsStream("rhymes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
