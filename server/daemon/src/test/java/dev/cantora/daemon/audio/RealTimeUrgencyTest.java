package dev.cantora.daemon.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class RealTimeUrgencyTest {

  /** Field of {@code /proc/thread-self/stat} behind the name; proc(5). */
  private static final int POLICY_FIELD = 41 - 3;
  private static final int ROUND_ROBIN = 2;

  @Test
  void theKernelSchedulesTheThreadAsWasSaidAndTheThreadsItStartsAsUsual() throws InterruptedException {
    Urgency urgency = RealTimeUrgency.ofSystem();
    List<Integer> policies = new ArrayList<>();
    boolean[] granted = {false};
    Thread thread = new Thread(() -> {
      policies.add(policy());
      granted[0] = urgency.raise();
      policies.add(policy());
      Thread child = new Thread(() -> policies.add(policy()));
      child.start();
      try {
        child.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      urgency.lower();
      policies.add(policy());
    });
    thread.start();
    thread.join();
    assertThat(policies).containsExactly(0, granted[0] ? ROUND_ROBIN : 0, 0, 0);
  }

  private static int policy() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[POLICY_FIELD]);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
