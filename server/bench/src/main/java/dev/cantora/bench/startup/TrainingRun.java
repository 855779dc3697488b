package dev.cantora.bench.startup;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.ServiceClient;
import dev.cantora.bench.TestScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Shows a daemon what daemons do, so that its JVM can write down which classes that takes. The list appears under its name
 * only when it is whole.
 */
@Command(name = "train", hidden = true, mixinStandardHelpOptions = true, description = "lists the classes of the archive that ./cantora up uses")
public final class TrainingRun implements Callable<Integer> {

  private static final int RENDERS = 3;
  private static final String PHONEMIZE = "{\"text\":\"sing to me\",\"notes\":"
      + "[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":60}]}";

  @Parameters(paramLabel = "FILE", description = "the list to be made")
  private Path list;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path unfinished = list.resolveSibling(list.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    try (DaemonProcess daemon = DaemonProcess.start(Map.of("CANTORA_CLASS_LIST", unfinished.toString()));
        ServiceClient client = new ServiceClient(daemon.uri())) {
      byte[] order = TestScore.order(2, 4, true);
      for (int i = 0; i < RENDERS; i++) {
        client.render(order);
      }
      client.get("/livez");
      client.get("/api/v1/health/detailed");
      client.get("/api/v1/presets");
      client.get("/api/v1/renders");
      client.get("/api/v1/renders/last/audio.wav");
      client.get("/api/v1/renders/last/meta");
      client.get("/api/v1/metrics");
      client.post("/api/v1/phonemize", PHONEMIZE.getBytes(StandardCharsets.UTF_8));
      client.playLive();
      client.playJam();
      daemon.stopWithin(120);
    }
    if (!Files.exists(unfinished)) {
      return 1;
    }
    Files.move(unfinished, list, StandardCopyOption.REPLACE_EXISTING);
    return 0;
  }
}
