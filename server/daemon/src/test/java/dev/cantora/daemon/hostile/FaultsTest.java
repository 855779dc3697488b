package dev.cantora.daemon.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.DaemonJvm;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or read-only, and a process that runs out of descriptors. */
class FaultsTest {
  private static final String BODY = "{\"score\":{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":%s,\"midi\":60}]},\"config\":{}}";

  @TempDir
  Path temp;

  /** A file system of its own, where the system lets us. */
  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private static final class Player implements WebSocket.Listener {
    private final AtomicInteger frames = new AtomicInteger();

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      frames.incrementAndGet();
      socket.request(1);
      return null;
    }

    void awaitMore(int count) throws InterruptedException {
      int target = frames.get() + count;
      long endNs = System.nanoTime() + 30_000_000_000L;
      while (frames.get() < target && System.nanoTime() < endNs) {
        Thread.sleep(5);
      }
      assertThat(frames.get()).as("audio goes on").isGreaterThanOrEqualTo(target);
    }
  }

  @Test
  void aFullDiskIsStoreFullAndLeavesNothingAndLiveAudioGoesOn() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()), "needs the right to mount");
    try (TestDaemon daemon = TestDaemon.start("RENDER_STORE_DIR", disk.resolve("renders").toString())) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      Player player = new Player();
      WebSocket live = daemon.client().newWebSocketBuilder().buildAsync(daemon.socketUri("/ws"), player).join();
      live.sendText("{\"type\":\"hello\",\"protocolVersion\":1}", true).join();
      live.sendText("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":0.8}", true).join();
      player.awaitMore(5);

      assertThat(daemon.post("/api/v1/renders", BODY.formatted("1")).status()).isEqualTo(200);
      for (int i = 0; i < 5; i++) {
        Reply full = daemon.post("/api/v1/renders", BODY.formatted("10"));
        ErrorProof.check(daemon, full, ErrorCode.RENDER_STORE_FULL);
        assertThat(full.json().path("message").asText()).contains("disk");
        player.awaitMore(3);
      }
      try (var left = Files.list(disk.resolve("renders"))) {
        assertThat(left.map(each -> each.getFileName().toString())).as("no staging is left").noneMatch(name -> name.startsWith(".staging"));
      }
      assertThat(daemon.get("/api/v1/renders").json().path("renders")).hasSize(1);
      assertThat(daemon.post("/api/v1/renders", BODY.formatted("0.5")).status()).as("what fits is stored again").isEqualTo(200);
      live.abort();
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  @Provokes(ErrorCode.WRITE_ERROR)
  void aReadOnlyStoreServesWhatItHasAndSaysThatItIsNotReady() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()), "needs the right to mount");
    try (TestDaemon daemon = TestDaemon.start("RENDER_STORE_DIR", disk.resolve("renders").toString())) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      String id = daemon.post("/api/v1/renders", BODY.formatted("0.2")).json().at("/meta/id").asText();
      // descriptors that are open for writing keep a file system from becoming read-only, a bind mount does not care
      assumeTrue(run("mount", "--bind", disk.toString(), disk.toString()) && run("mount", "-o", "remount,bind,ro", disk.toString()));
      try {
        Reply refused = daemon.post("/api/v1/renders", BODY.formatted("0.2"));
        ErrorProof.check(daemon, refused, ErrorCode.WRITE_ERROR);
        for (Reply change : new Reply[] {daemon.patch("/api/v1/renders/" + id, "{\"pinned\":true}"), daemon.delete("/api/v1/renders/" + id),
            daemon.send("PUT", "/api/v1/dictionary/en/grace", "{\"phonemes\":[\"G\",\"R\",\"EY\",\"S\"]}")}) {
          assertThat(change.code()).as("%s", change).isEqualTo("WRITE_ERROR");
        }
        assertThat(daemon.get("/api/v1/renders/" + id + "/audio.wav").status()).isEqualTo(200);
        assertThat(daemon.get("/readyz").json().path("failing").get(0).asText()).isEqualTo("render_store_unavailable:EROFS");
        assertThat(daemon.get("/livez").status()).isEqualTo(200);
      } finally {
        run("umount", disk.toString());
      }
      assertThat(daemon.post("/api/v1/renders", BODY.formatted("0.2")).status()).as("writable again").isEqualTo(200);
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void aProcessWithoutDescriptorsComesBackWhenThereAreSome() throws Exception {
    List<String> fewFiles = List.of("bash", "-c", "ulimit -n 400; exec \"$@\"", "bash");
    TestVoice.install(temp.resolve("presets"), "default-voice");
    try (DaemonJvm daemon = DaemonJvm.start(temp, fewFiles, Map.of())) {
      // a connection that is there before, and stays
      assertThat(daemon.send("/livez", null).text()).isEqualTo("ok");
      List<Socket> greedy = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        try {
          greedy.add(new Socket("127.0.0.1", daemon.port()));
        } catch (IOException refused) {
          break;
        }
      }
      assertThat(daemon.isAlive()).isTrue();
      Reply stored = daemon.send("/api/v1/renders", BODY.formatted("0.2"));
      assertThat(stored.status()).as("descriptors are left for files: %s", stored).isEqualTo(200);
      for (Socket each : greedy) {
        each.close();
      }
      assertThat(daemon.send("/livez", null).text()).isEqualTo("ok");
      assertThat(daemon.isAlive()).isTrue();
    }
  }
}
