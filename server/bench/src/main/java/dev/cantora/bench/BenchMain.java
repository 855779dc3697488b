package dev.cantora.bench;

import dev.cantora.bench.cluster.ClusterBenchmark;
import dev.cantora.bench.engine.EngineBenchmark;
import dev.cantora.bench.hostile.FuzzBenchmark;
import dev.cantora.bench.hostile.KillBenchmark;
import dev.cantora.bench.hostile.OverloadBenchmark;
import dev.cantora.bench.hostile.SoakBenchmark;
import dev.cantora.bench.jam.JamBenchmark;
import dev.cantora.bench.live.LiveBenchmark;
import dev.cantora.bench.kernel.KernelBenchmark;
import dev.cantora.bench.render.RenderBenchmark;
import dev.cantora.bench.startup.StartupBenchmark;
import dev.cantora.bench.startup.TrainingRun;
import dev.cantora.bench.voice.VoiceBenchmark;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of {@code ./cantora bench <name>}. A new benchmark is one more line in the list below. */
@Command(name = "cantora bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "<benchmark>",
    description = "Measures Cantora on this machine.",
    subcommands = {
      ClusterBenchmark.class,
      EngineBenchmark.class,
      FuzzBenchmark.class,
      LiveBenchmark.class,
      JamBenchmark.class,
      KernelBenchmark.class,
      KillBenchmark.class,
      OverloadBenchmark.class,
      RenderBenchmark.class,
      SoakBenchmark.class,
      StartupBenchmark.class,
      TrainingRun.class,
      VoiceBenchmark.class,
    })
public final class BenchMain {

  private BenchMain() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }
}
