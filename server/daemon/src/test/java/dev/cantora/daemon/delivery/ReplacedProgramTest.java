package dev.cantora.daemon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.render.DeleteTree;
import dev.cantora.daemon.testing.DaemonJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that was replaced under a running daemon, as a careless upgrade does. */
class ReplacedProgramTest {
  @TempDir Path temp;

  @Test
  void aDaemonWhoseClassesAreGoneStillEndsOnSigterm() throws Exception {
    Path classes = Path.of("target", "classes").toAbsolutePath();
    Path copy = temp.resolve("classes");
    copy(classes, copy);
    try (DaemonJvm daemon = DaemonJvm.start(temp, List.of(), Map.of(),
        System.getProperty("java.class.path").replace(classes.toString(), copy.toString()))) {
      assertThat(daemon.send("/livez", null).status()).isEqualTo(200);
      DeleteTree.of(copy);
      assertThat(daemon.terminate(Duration.ofSeconds(60))).as("ended").isTrue();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
