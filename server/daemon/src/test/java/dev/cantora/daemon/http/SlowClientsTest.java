package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.RawHttp;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that take their time, or send more than anybody wants. */
class SlowClientsTest {
  private static final String HEAD = "POST /api/v1/phonemize HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  private TestDaemon daemon;

  @BeforeEach
  void start() {
    daemon = TestDaemon.start("CANTORA_REQUEST_READ_TIMEOUT_MS", "300", "JSON_BODY_LIMIT", "64kb", "CANTORA_PLAN_BODY_LIMIT", "64kb");
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", daemon.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends one byte at a time until the daemon has had enough. */
  private static void dribble(Socket socket, String text) throws InterruptedException {
    try {
      for (int i = 0; i < text.length(); i++) {
        send(socket, text.substring(i, i + 1));
        Thread.sleep(20);
      }
    } catch (IOException cutOff) {
      // as it should be
    }
  }

  @Test
  @Provokes(ErrorCode.REQUEST_TIMEOUT)
  void aBodyThatDoesNotComeIsGivenUp() throws Exception {
    try (Socket socket = connect()) {
      send(socket, HEAD + "Content-Length: 100\r\n\r\n{");
      Reply reply = RawHttp.read(socket.getInputStream());
      ErrorProof.check(daemon, reply, ErrorCode.REQUEST_TIMEOUT);
      assertThat(reply.header("Connection")).isEqualToIgnoringCase("close");
      assertThat(socket.getInputStream().read()).as("the connection ends").isEqualTo(-1);
    }
  }

  @Test
  void bytesThatDribbleInAreGivenUpAllTheSame() throws Exception {
    try (Socket head = connect(); Socket body = connect()) {
      send(body, HEAD + "Content-Length: 1000\r\n\r\n");
      Thread other = Thread.ofVirtual().start(() -> {
        try {
          dribble(body, " ".repeat(1000));
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
      });
      dribble(head, "GET /livez HTTP/1.1\r\n" + "X-Slow: 1\r\n".repeat(100));
      assertEndsWith408(head);
      other.join();
      assertEndsWith408(body);
    }
  }

  private static void assertEndsWith408(Socket socket) throws IOException {
    try {
      Reply reply = RawHttp.read(socket.getInputStream());
      if (reply != null) {
        assertThat(reply.status()).isEqualTo(408);
      }
    } catch (SocketException reset) {
      // bytes were under way when the daemon closed
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosedAndOneThatRestsBetweenRequestsIsNot() throws Exception {
    try (Socket silent = connect(); Socket resting = connect()) {
      send(resting, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(RawHttp.read(resting.getInputStream()).status()).isEqualTo(200);
      assertThat(silent.getInputStream().read()).as("nothing was asked, nothing is answered").isEqualTo(-1);
      Thread.sleep(1000);
      send(resting, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(RawHttp.read(resting.getInputStream()).status()).isEqualTo(200);
    }
  }

  @Test
  void manySlowClientsKeepNobodyElseWaiting() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Socket socket = connect();
      slow.add(socket);
      send(socket, HEAD + "Content-Length: 100\r\n\r\n{");
    }
    assertThat(daemon.get("/livez").status()).isEqualTo(200);
    for (Socket socket : slow) {
      assertEndsWith408(socket);
      socket.close();
    }
  }

  /** All of the body is on its way before the answer is read, as simple clients do. */
  @Test
  void theAnswerToABodyOfFiftyMegabytesArrives() throws Exception {
    byte[] part = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = connect()) {
      send(socket, HEAD + "Content-Length: " + 50L * part.length + "\r\n\r\n");
      for (int i = 0; i < 50; i++) {
        socket.getOutputStream().write(part);
      }
      ErrorProof.check(daemon, RawHttp.read(socket.getInputStream()), ErrorCode.BODY_TOO_LARGE);
    }
    try (Socket chunked = connect()) {
      send(chunked, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        send(chunked, "100000\r\n");
        chunked.getOutputStream().write(part);
        send(chunked, "\r\n");
      }
      send(chunked, "0\r\n\r\n");
      ErrorProof.check(daemon, RawHttp.read(chunked.getInputStream()), ErrorCode.BODY_TOO_LARGE);
    }
  }

  @Test
  void whoAsksBeforeSendingNeedNotSend() throws Exception {
    try (Socket socket = connect()) {
      send(socket, HEAD + "Expect: 100-continue\r\nContent-Length: 10000000\r\n\r\n");
      Reply reply = RawHttp.read(socket.getInputStream());
      assertThat(reply.code()).isEqualTo("BODY_TOO_LARGE");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aBodyWhereNoneBelongsIsSkippedAndTheConnectionGoesOn() throws Exception {
    try (Socket socket = connect()) {
      send(socket, "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(200);
      assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(200);
    }
  }
}
