package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.Operation;
import dev.cantora.daemon.testing.RawHttp;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HEAD: what GET answers, without its body; one byte of it would be the beginning of the connection's next answer. */
class HeadRequestsTest {
  private static final int PATIENCE_MS = 30_000;
  private static final String SCORE =
      "{\"score\":{\"bpm\":120,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.5,\"midi\":60}]},\"config\":{}}";
  @TempDir
  static Path cockpit;
  private static TestDaemon daemon;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(cockpit.resolve("index.html"), "<!doctype html><title>Cockpit</title>");
    daemon = TestDaemon.start("CANTORA_COCKPIT_DIR", cockpit.toString());
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
    assertThat(daemon.post("/api/v1/render", SCORE).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  /** Every GET of the document but the endless one, a page, a missing page, a missing route and a method that is not there. */
  private static List<String> paths() {
    TreeSet<String> paths = new TreeSet<>(List.of("/", "/missing.html", "/api/v1/nothing", "/api/v1/render"));
    Arrays.stream(Operation.values()).filter(operation -> operation.method().equals("GET") && operation != Operation.STREAM_RENDER_EVENTS)
        .forEach(operation -> paths.add((operation.prefixed() ? "/api/v1" : "") + operation.path().replace("{id}", "last")
            .replace("{language}", "en").replaceAll("\\{\\w+}", "nobody")));
    return List.copyOf(paths);
  }

  /** Reads the head of an answer and nothing more. */
  private static List<String> head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as("end of the stream after %s", head).isNotNegative();
      head.append((char) next);
    }
    return List.of(head.toString().strip().split("\r\n"));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void hasTheHeadOfGetAndLeavesTheConnectionClean(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
      socket.setSoTimeout(PATIENCE_MS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      socket.getOutputStream().write(("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII));
      List<String> head = head(in);
      Reply next = RawHttp.read(in);
      assertThat(next.text()).as("what follows the head %s", head).isEqualTo("ok");

      socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      List<String> full = head(in);
      assertThat(head.getFirst()).isEqualTo(full.getFirst());
      assertThat(names(head)).isEqualTo(names(full));
      assertThat(head.stream().filter(line -> line.startsWith("Content-Type"))).isEqualTo(
          full.stream().filter(line -> line.startsWith("Content-Type")).toList());
    }
  }

  private static TreeSet<String> names(List<String> head) {
    TreeSet<String> names = new TreeSet<>();
    head.stream().skip(1).forEach(line -> names.add(line.substring(0, line.indexOf(':'))));
    return names;
  }

  @Test
  void ofAudioTellsItsWholeLengthAlsoWhenAPartIsAskedFor() throws IOException {
    int length = daemon.get("/api/v1/renders/last/audio.wav").body().length;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write("HEAD /api/v1/renders/last/audio.wav HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII));
      assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 200 OK").contains("Content-Length: " + length, "Accept-Ranges: bytes");
    }
  }

  @Test
  void ofTheStreamOfEventsIsRefusedAndSaysWhatIsNot() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write("HEAD /api/v1/render/events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 405 Method Not Allowed").contains("Allow: GET");
    }
  }
}
