package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderMemoryTest {
  private static final int ROOM_MIB = 64;

  @Test
  void tenMinutesInSixteenVoicesNeedNoMoreThan64MebibytesAboveIdle(@TempDir Path dir) throws Exception {
    TestVoice.install(dir, "default-voice");
    Path voice = dir.resolve("default-voice");
    long idleMib = (Long.parseLong(run("-Xmx256m", voice.toString()).getFirst()) >> 20) + 1;

    List<String> lines = run("-Xmx" + (idleMib + ROOM_MIB) + "m", voice.toString(), "sing");

    assertThat(Long.parseLong(lines.getLast())).isGreaterThan(600 * 48_000L);
  }

  private static List<String> run(String heap, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules", "jdk.incubator.vector", heap, "-cp", System.getProperty("java.class.path"), LongRender.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.lines().filter(line -> line.matches("\\d+")).toList();
  }
}
