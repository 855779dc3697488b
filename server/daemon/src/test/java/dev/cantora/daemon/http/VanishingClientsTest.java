package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import dev.cantora.daemon.telemetry.ProcessFacts;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Clients that are gone in the middle of something. */
class VanishingClientsTest {
  private static final String BODY = "{\"score\":{\"bpm\":120,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":40,\"midi\":60}]},\"config\":{}}";

  private static Socket connect(TestDaemon daemon, String request) throws Exception {
    Socket socket = new Socket("127.0.0.1", daemon.port());
    socket.setSoLinger(true, 0); // close() resets, like a cable that is pulled and a peer that says so
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  @Test
  void leavingDuringUploadOrDownloadIsNoErrorAndLeavesNothingOpen() throws Exception {
    try (TestDaemon daemon = TestDaemon.start()) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      String id = daemon.post("/api/v1/renders", BODY).json().at("/meta/id").asText();
      long before = ProcessFacts.openDescriptors();
      for (int i = 0; i < 50; i++) {
        connect(daemon, "POST /api/v1/render HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")
            .close();
        connect(daemon, "POST /api/v1/scores/import HTTP/1.1\r\nHost: x\r\nContent-Type: audio/midi\r\nContent-Length: 100000\r\n\r\nMThd")
            .close();
        Socket listener = connect(daemon, "GET /api/v1/render/events HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(listener.getInputStream().readNBytes(100)).hasSize(100);
        listener.close();
        Socket download = connect(daemon, "GET /api/v1/renders/" + id + "/audio.wav HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(download.getInputStream().readNBytes(1000)).hasSize(1000);
        download.close();
        for (String whole : new String[] {"/api/v1/openapi.json", "/api/v1/nothing", "/nothing"}) {
          connect(daemon, "GET " + whole + " HTTP/1.1\r\nHost: x\r\n\r\n").close();
        }
      }
      for (int i = 0; i < 5; i++) {
        Socket stream = connect(daemon, "POST /api/v1/render/stream HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
            + BODY.length() + "\r\n\r\n" + BODY);
        assertThat(stream.getInputStream().readNBytes(1000)).hasSize(1000);
        stream.close();
      }
      assertThat(daemon.get("/livez").text()).isEqualTo("ok");
      assertThat(daemon.get("/api/v1/renders/" + id + "/audio.wav").body()).hasSizeGreaterThan(40 * 48000 * 4);
      long endNs = System.nanoTime() + 20_000_000_000L;
      while (ProcessFacts.openDescriptors() > before + 5 && System.nanoTime() < endNs) {
        Thread.sleep(20);
      }
      assertThat(ProcessFacts.openDescriptors()).isLessThanOrEqualTo(before + 5);
      assertThat(daemon.log().lines()).noneMatch(line -> line.contains("INTERNAL_ERROR") || line.startsWith("{\"level\":50"));
    }
  }
}
