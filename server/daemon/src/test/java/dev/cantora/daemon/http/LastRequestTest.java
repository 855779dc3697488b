package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.RawHttp;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that say {@code Connection: close} read until the end of the stream, and wait for it. */
class LastRequestTest {
  private static final int PATIENCE_MS = 10_000;
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start();
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static void ask(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource({"GET /livez,200,close", "GET /api/v1/nothing,404,Close", "DELETE /livez,405,'keep-alive, close'", "GET /api/v1/renders,200,close"})
  void endsTheConnectionOnceItIsAnswered(String request, int status, String connection) throws IOException {
    try (Socket socket = connect()) {
      ask(socket, request + " HTTP/1.1\r\nHost: x\r\nConnection: " + connection + "\r\n\r\n");
      InputStream in = socket.getInputStream();
      Reply reply = RawHttp.read(in);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.header("Connection")).isEqualToIgnoringCase("close");
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aWholeRenderComesBeforeTheEnd() throws IOException {
    String score = "{\"score\":{\"bpm\":120,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":3,\"midi\":60}]},\"config\":{\"normalize\":\"none\"}}";
    try (Socket socket = connect()) {
      ask(socket, "POST /api/v1/render/stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
          + score.length() + "\r\n\r\n" + score);
      Reply reply = RawHttp.read(socket.getInputStream());
      assertThat(reply.status()).as(reply::text).isEqualTo(200);
      assertThat(reply.body()).hasSizeGreaterThan(3 * 48_000 * 2);
      assertThat(daemon.get("/api/v1/renders/last/audio.wav").body()).isEqualTo(reply.body());
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void otherConnectionsGoOn() throws IOException {
    try (Socket socket = connect()) {
      for (int i = 0; i < 3; i++) {
        ask(socket, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(RawHttp.read(socket.getInputStream()).text()).isEqualTo("ok");
      }
    }
  }
}
