package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.Provokes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a disk that is full or broken means for a jam: the music goes on, and what was played is not lost. */
@Timeout(60)
class JamDiskTest {

  @TempDir
  Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  @Provokes(ErrorCode.TAPE_NOT_KEPT)
  void aTapeOnAFullDiskGoesOnAndIsWholeOnDiskAsSoonAsThereIsRoom() throws IOException {
    String id;
    String hash;
    try (JamBand band = JamBand.in(folder)) {
      LivePeer host = band.host(",\"seed\":5");
      id = JamBand.created(host).get("sessionId").asText();
      Path tape = tape(id);
      Files.createDirectories(tape.getParent());
      // every write to it is refused by the kernel with "No space left on device"
      Files.createSymbolicLink(tape, Path.of("/dev/full"));
      String track = JamBand.addTrack(host, "");
      host.send("{\"type\":\"record_start\"}");
      host.await("record_status");
      assertThat(JamBand.error(host)).isEqualTo("TAPE_NOT_KEPT");
      JamBand.note(host, track, "a", 64);
      host.play(30);
      host.send("{\"type\":\"track_note_off\",\"trackId\":\"" + track + "\",\"noteId\":\"a\"}");
      host.send("{\"type\":\"record_stop\"}");
      host.await("record_status");
      hash = export(host);
      Files.delete(tape);
      while (!Files.exists(tape) || !Files.readString(tape).contains("\"end\"")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    try (JamBand band = JamBand.in(folder)) {
      assertThat(band.daemon.post("/api/v1/jams/" + id + "/export", "{}").json().get("wavHash").asText())
          .as("the tape as it was played").isEqualTo(hash);
    }
  }

  @Test
  void anExportThatTheDiskRefusesFailsWithItsCodeAndSucceedsLater() throws IOException {
    try (JamBand band = JamBand.in(folder)) {
      LivePeer host = band.host(",\"seed\":5");
      JamBand.recorded(host);
      String hash = export(host);
      Path renders = folder.resolve("renders");
      Path away = folder.resolve("away");
      Files.move(renders, away);
      Files.writeString(renders, "a disk that broke");
      host.send("{\"type\":\"record_export\"}");
      host.await(message -> message.path("code").asText().equals("EXPORT_FAILED"), "EXPORT_FAILED");
      Files.delete(renders);
      Files.move(away, renders);
      assertThat(export(host)).isEqualTo(hash);
    }
  }

  private Path tape(String sessionId) {
    return folder.resolve("renders").resolve(".jams").resolve(sessionId + ".tape");
  }

  private static String export(LivePeer host) {
    host.send("{\"type\":\"record_export\"}");
    return host.await("record_exported").get("wavHash").asText();
  }
}
