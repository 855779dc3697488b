package dev.cantora.bench.startup;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.bench.Rounds;
import dev.cantora.bench.ServiceClient;
import dev.cantora.bench.TestScore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the daemon several times, with the cache of the build and without it. */
@Command(name = "startup", mixinStandardHelpOptions = true,
    description = "from starting the process to the first 200 of /readyz, and to the end of a first render at once")
public final class StartupBenchmark implements Callable<Integer> {

  private static final int FIRST_RENDER_SEC = 10;

  @Option(names = "--rounds", defaultValue = "5", description = "starts per row (default ${DEFAULT-VALUE})")
  private int rounds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    System.out.println(Machine.describe());
    System.out.printf("%-14s %14s %14s %18s %22s%n", "", "ready, best", "ready, median", "CPU until ready", "then first 10 s render");
    if (Files.exists(Machine.root().resolve(".cantora/cantora.jsa"))) {
      row("with cache", Map.of());
    } else {
      System.out.println("with cache     none: ./cantora build makes it");
    }
    row("without", Map.of("CANTORA_CDS", "off"));
    return 0;
  }

  private void row(String name, Map<String, String> environment) throws IOException, InterruptedException {
    Rounds ready = new Rounds();
    Rounds cpu = new Rounds();
    Rounds render = new Rounds();
    byte[] order = TestScore.order(FIRST_RENDER_SEC, 4, true);
    for (int round = 0; round < rounds; round++) {
      try (DaemonProcess daemon = DaemonProcess.start(environment); ServiceClient client = new ServiceClient(daemon.uri())) {
        ready.add(daemon.readyMs());
        cpu.add(daemon.cpuMs());
        render.add(client.render(order));
      }
    }
    System.out.printf(Locale.ROOT, "%-14s %11.0f ms %11.0f ms %15.0f ms %19.0f ms%n", name, ready.best(), ready.median(),
        cpu.best(), render.best());
  }
}
