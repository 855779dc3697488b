package dev.cantora.engine.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.engine.Engine;
import dev.cantora.engine.voice.ReferencePresets;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameBitsTest {

  private static final List<String> MODULE = List.of("--add-modules", "jdk.incubator.vector");

  @Test
  void everyVectorWidthAndNoneGiveTheSameBits(@TempDir Path dir) throws Exception {
    Path preset = ReferencePresets.valid(dir, "golden");
    String here;
    try (Engine engine = Engine.create(1)) {
      here = RenderedScore.of(engine, engine.loadVoice(preset, warning -> {}), GoldenScore.score(), GoldenScore.CONFIG).sha256();
    }
    assertThat(child(preset, List.of())).isEqualTo("scalar " + here);
    assertThat(child(preset, with("-XX:MaxVectorSize=16"))).isEqualTo("vector-128 " + here);
    assertThat(child(preset, with("-XX:MaxVectorSize=32"))).endsWith(" " + here);
  }

  private static List<String> with(String flag) {
    List<String> flags = new ArrayList<>(MODULE);
    flags.add(flag);
    return flags;
  }

  private static String child(Path preset, List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), GoldenScore.class.getName(), preset.toString()));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(out).isZero();
    return out.lines().reduce((first, last) -> last).orElse("");
  }

  @Test
  void threadsAndOtherRendersBesideChangeNoBit() {
    Voice voice = RenderedScore.voice();
    try (Engine one = Engine.create(1); Engine four = Engine.create(4)) {
      String alone = RenderedScore.of(one, voice, GoldenScore.score(), GoldenScore.CONFIG).sha256();
      List<CompletableFuture<String>> together = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        together.add(CompletableFuture.supplyAsync(
            () -> RenderedScore.of(four, voice, GoldenScore.score(), GoldenScore.CONFIG).sha256()));
      }
      assertThat(together).allSatisfy(render -> assertThat(render.join()).isEqualTo(alone));
    }
  }
}
