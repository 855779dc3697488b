package dev.cantora.daemon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.DaemonJvm;
import dev.cantora.daemon.testing.TestVoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The terminal that a daemon was started in is closed. */
class HangUpTest {

  @Test
  void twoHangUpsEndItAsSigtermDoes(@TempDir Path folder) throws Exception {
    TestVoice.install(folder.resolve("presets"), "default-voice");
    try (DaemonJvm daemon = DaemonJvm.start(folder, List.of(), Map.of())) {
      LivePeer player = LivePeer.connect(daemon.port(), "/ws");
      player.send("{\"type\":\"hello\",\"protocolVersion\":1}");
      player.await("hello_ack");
      daemon.signal("HUP");
      daemon.signal("HUP");
      assertThat(player.awaitClosing()).isEqualTo(new LivePeer.Closing(1001, "Server shutting down"));
      assertThat(daemon.awaitEnd(Duration.ofSeconds(60))).isZero();
    }
  }
}
