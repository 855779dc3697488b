package dev.cantora.daemon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.DaemonJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that cannot be used costs time, never the start. */
class StartCacheTest {
  @TempDir Path temp;

  @Test
  void aBrokenCacheDoesNotStopTheStart() throws Exception {
    byte[] noise = new byte[1 << 16];
    new Random(1).nextBytes(noise);
    starts(Files.write(temp.resolve("broken.jsa"), noise));
  }

  @Test
  void theCacheOfAnotherProgramDoesNotStopTheStart() throws Exception {
    Path foreign = temp.resolve("foreign.jsa");
    Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:ArchiveClassesAtExit=" + foreign, "--version").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(other.waitFor()).isZero();
    assertThat(foreign).isNotEmptyFile();
    starts(foreign);
    cut(foreign);
    starts(foreign);
  }

  private static void cut(Path cache) throws IOException {
    byte[] half = Files.readAllBytes(cache);
    Files.write(cache, java.util.Arrays.copyOf(half, half.length / 2));
  }

  private void starts(Path cache) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(temp, "daemon");
    try (DaemonJvm daemon = DaemonJvm.start(folder, List.of(), Map.of("JAVA_TOOL_OPTIONS", "-XX:SharedArchiveFile=" + cache))) {
      assertThat(daemon.send("/livez", null).status()).isEqualTo(200);
      assertThat(daemon.send("/api/v1/phonemize", "{\"text\":\"la\",\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":60}]}")
          .status()).isEqualTo(200);
    }
  }
}
