package dev.cantora.bench.engine;

import dev.cantora.bench.Machine;
import dev.cantora.bench.Rounds;
import dev.cantora.engine.Engine;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Engine time of whole renders, without HTTP, encoding and disk. Prints best and median of several rounds after
 * warming up, and the least CPU time, which a busy machine disturbs least.
 */
@Command(name = "engine", mixinStandardHelpOptions = true, description = "whole renders inside the engine, without HTTP and disk")
public final class EngineBenchmark implements Callable<Integer> {

  private static final String[] SYLLABLES = {"L AA", "S IY", "T UW", "N EH", "M AY"};

  @Option(names = "--rounds", defaultValue = "15", description = "rounds per row (default ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--voice", description = "a preset folder; without it the default voice")
  private Path preset;

  @Override
  public Integer call() throws IOException {
    System.out.println(Machine.describe());
    Path folder = preset == null ? Machine.root().resolve("presets/default-voice") : preset;
    try (Engine engine = Engine.create(); Engine single = Engine.create(1)) {
      Voice voice = engine.loadVoice(folder, warning -> {});
      System.out.printf(Locale.ROOT, "kernel %s, voice %s%n", engine.kernel(), voice.id());
      run("warm-up", engine, voice, 20, 4, 12);
      run("60 s x 4 voices, 1 thread", single, voice, 60, 4, rounds);
      run("60 s x 4 voices", engine, voice, 60, 4, rounds);
      run("60 s x 16 voices", engine, voice, 60, 16, Math.max(3, rounds / 3));
      run("300 s x 4 voices", engine, voice, 300, 4, Math.max(3, rounds / 3));
    }
    return 0;
  }

  private static void run(String name, Engine engine, Voice voice, int seconds, int voices, int rounds) throws IOException {
    Score score = score(seconds, voices);
    RenderConfig config = new RenderConfig(1024, 1, null, voices, 1, 48000, 0.3);
    Rounds whole = new Rounds();
    Rounds first = new Rounds();
    Rounds cpu = new Rounds();
    for (int round = 0; round < rounds; round++) {
      long cpuStart = Machine.cpuNs();
      long start = System.nanoTime();
      long[] firstNs = {0};
      engine.renderer().render(score, voice, config, RenderMonitor.NONE, (samples, frames) -> {
        if (firstNs[0] == 0) {
          firstNs[0] = System.nanoTime();
        }
      });
      whole.add((System.nanoTime() - start) / 1e6);
      cpu.add((Machine.cpuNs() - cpuStart) / 1e6);
      first.add((firstNs[0] - start) / 1e6);
    }
    System.out.printf(Locale.ROOT, "%-26s best %8.1f ms, median %8.1f ms, first audio %6.2f ms, CPU %8.1f ms = %5.2f ns per voice-sample%n",
        name, whole.best(), whole.median(), first.median(), cpu.best(), cpu.best() * 1e6 / (48000.0 * seconds * voices));
  }

  /** Four-part harmony in half-second notes with a syllable each, vibrato on every other. */
  private static Score score(int seconds, int voices) {
    List<Note> notes = new ArrayList<>();
    List<TimedPhoneme> phonemes = new ArrayList<>();
    for (int voice = 0; voice < voices; voice++) {
      for (int i = 0; i < 2 * seconds; i++) {
        String id = voice + "-" + i;
        double midi = 48 + 5 * (voice % 5) + (i * 7 + voice) % 5;
        notes.add(new Note(id, i * 0.5, 0.5, midi, 0.8, null, i % 2 == 0 ? new Vibrato(5.5, 30, 0.1) : null, 0, 0, null, null));
        String[] syllable = SYLLABLES[(i + voice) % SYLLABLES.length].split(" ");
        phonemes.add(new TimedPhoneme(i * 0.5, 0.06, syllable[0], false, null, 0.5, id));
        phonemes.add(new TimedPhoneme(i * 0.5 + 0.06, 0.44, syllable[1], true, "AH", 1, id));
      }
    }
    return new Score(120, notes, null, phonemes, Lanes.NONE, Map.of());
  }
}
