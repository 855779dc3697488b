package dev.cantora.daemon.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingAudioTest {

  @Test
  void theLastByteComesWhenTheRenderIsKept(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("audio.wav"));
    WriteProgress progress = new WriteProgress();
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try (FolderGrowingAudio audio = new FolderGrowingAudio(file, progress)) {
      Thread reader = Thread.ofVirtual().start(() -> {
        try {
          audio.copyTo(heard);
        } catch (IOException | InterruptedException failed) {
          throw new IllegalStateException(failed);
        }
      });
      write(file, progress, 200_000);
      Await.await("all but one byte", () -> heard.size() == 199_999);
      write(file, progress, 50);
      Await.await("all but one byte of what is there now", () -> heard.size() == 200_049);
      assertThat(reader.isAlive()).isTrue();
      progress.end();
      reader.join();
    }
    assertThat(heard.toByteArray()).isEqualTo(Files.readAllBytes(file));
  }

  private static void write(Path file, WriteProgress progress, int count) throws IOException {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) count);
    Files.write(file, bytes, StandardOpenOption.APPEND);
    progress.advance(count);
  }
}
