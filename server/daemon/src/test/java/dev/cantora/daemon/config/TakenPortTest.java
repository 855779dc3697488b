package dev.cantora.daemon.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.daemon.testing.DaemonJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second daemon on the same port, or any other program there, which may be gone when a supervisor tries again. */
class TakenPortTest {

  @Test
  void aDaemonThatCannotListenSaysWhyAndEnds(@TempDir Path folder) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      assertThatThrownBy(() -> DaemonJvm.start(folder, List.of(), Map.of("PORT", port)))
          .hasMessageContaining("ended with 1:").hasMessageContaining("boot_failed")
          .hasMessageContaining("Cannot listen at 127.0.0.1 port " + port + ": Address already in use")
          .hasMessageNotContaining("server_listening");
    }
  }
}
