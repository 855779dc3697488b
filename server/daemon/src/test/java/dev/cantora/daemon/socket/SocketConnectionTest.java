package dev.cantora.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.fuzz.RawPeer;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real server whose endpoint echoes texts, driven by bytes on a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SocketConnectionTest {

  private final Map<String, BlockingQueue<String>> closings = new ConcurrentHashMap<>();
  private String id = "none";
  private final Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(30), 2);
  private final Heartbeat quick = new Heartbeat(Duration.ofMillis(100), 2);
  private WebServer server;
  private WebServer quickServer;

  @BeforeAll
  void start() {
    server = start(heartbeat);
    quickServer = start(quick);
  }

  private WebServer start(Heartbeat pulse) {
    SocketUpgrader upgrader = new SocketUpgrader(Map.of("/echo", EchoListener::new, "/refuse", connection -> {
      connection.close(4001, "Unauthorized");
      return SocketListener.DEAF;
    }), pulse, headers -> "req_test");
    return WebServer.builder().port(0).host("127.0.0.1")
        .protocolsDiscoverServices(false)
        .addConnectionSelector(Http1ConnectionSelector.builder().config(Http1Config.create()).putUpgrader("websocket", upgrader).build())
        .connectionOptions(options -> options.tcpNoDelay(true))
        .build().start();
  }

  @BeforeEach
  void name(TestInfo test) {
    id = Integer.toHexString(test.getDisplayName().hashCode());
  }

  /** How the endpoint heard of the end of a connection of this test. */
  private String closing() throws InterruptedException {
    return closings.computeIfAbsent(id, key -> new LinkedBlockingQueue<>()).poll(20, TimeUnit.SECONDS);
  }

  private String path() {
    return "/echo?id=" + id;
  }

  @AfterAll
  void stop() {
    server.stop();
    quickServer.stop();
    heartbeat.close();
    quick.close();
  }

  @Test
  void theHandshakeIsAnsweredAsTheRfcExampleSays() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.handshake("/echo", "")).isEqualTo("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
          + "Upgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nX-Request-Id: req_test\r\n\r\n");
    }
  }

  @Test
  void theFirstSubProtocolThatIsNoTokenIsChosen() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.handshake("/echo", "Sec-WebSocket-Protocol: bearer.secret, cantora\r\n"))
          .contains("Sec-WebSocket-Protocol: cantora\r\n").doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @CsvSource({
      "no key,         Sec-WebSocket-Version: 13,                                                  400",
      "short key,      Sec-WebSocket-Version: 13|Sec-WebSocket-Key: c2hvcnQ=,                      400",
      "not base64,     Sec-WebSocket-Version: 13|Sec-WebSocket-Key: !!!,                           400",
      "old version,    Sec-WebSocket-Version: 8|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==,       426",
      "no version,     Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==,                                426",
  })
  void aBrokenHandshakeIsRefused(String what, String headers, int status) throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.request("GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + headers.replace("|", "\r\n") + "\r\n\r\n")).as(what).startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void anUnknownPathStaysWithHttp() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.handshake("/echo/more", "")).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void pingsAreAnsweredWithTheirPayload() throws IOException {
    try (RawPeer peer = RawPeer.connected(server.port(), path())) {
      peer.frame(0x89, "payload".getBytes(StandardCharsets.UTF_8));
      RawPeer.Frame pong = peer.next();
      assertThat(pong.opCode()).isEqualTo(10);
      assertThat(pong.text()).isEqualTo("payload");
    }
  }

  @Test
  void bytesSentTogetherWithTheHandshakeAreNotLost() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      byte[] early = RawPeer.masked(0x81, "early".getBytes(StandardCharsets.UTF_8));
      String head = "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
          + "Sec-WebSocket-Key: " + RawPeer.KEY + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
      byte[] all = new byte[head.length() + early.length];
      System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, all, 0, head.length());
      System.arraycopy(early, 0, all, head.length(), early.length);
      peer.bytes(all);
      assertThat(peer.request("")).startsWith("HTTP/1.1 101");
      assertThat(peer.next().text()).isEqualTo("early");
    }
  }

  @Test
  void aViolationIsAnsweredWithItsCloseCodeThoughThePeerKeepsSending() throws Exception {
    try (RawPeer peer = RawPeer.connected(server.port(), path())) {
      peer.hex("c1 80 00000000");
      peer.bytes(new byte[3000]);
      RawPeer.Frame close = peer.next();
      assertThat(close.opCode()).isEqualTo(8);
      assertThat(close.closeCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
      assertThat(closing()).isEqualTo("1002 reserved bits are set");
    }
  }

  @Test
  void aCloseIsEchoedAndTheTcpConnectionEnds() throws Exception {
    try (RawPeer peer = RawPeer.connected(server.port(), path())) {
      peer.close(4321);
      RawPeer.Frame close = peer.next();
      assertThat(close.closeCode()).isEqualTo(4321);
      assertThat(peer.read()).isNull();
      assertThat(closing()).isEqualTo("4321 ");
    }
  }

  @Test
  void aRefusedPeerSeesTheCodeAndReasonAfterTheUpgrade() throws IOException {
    try (RawPeer peer = RawPeer.connected(server.port(), "/refuse")) {
      RawPeer.Frame close = peer.next();
      assertThat(close.closeCode()).isEqualTo(4001);
      assertThat(close.closeReason()).isEqualTo("Unauthorized");
    }
  }

  @Test
  void aPeerThatDoesNotAnswerACloseIsCutOff() throws IOException {
    try (RawPeer peer = RawPeer.connected(server.port(), "/refuse")) {
      assertThat(peer.next().closeCode()).isEqualTo(4001);
      assertThat(peer.read()).isNull();
    }
  }

  @Test
  void reasonsAreCutToWhatAControlFrameHoldsAtACharacterBoundary() throws Exception {
    try (RawPeer peer = RawPeer.connected(server.port(), path())) {
      peer.text("close " + "ü".repeat(100));
      RawPeer.Frame close = peer.next();
      assertThat(close.closeReason()).isEqualTo("ü".repeat(61));
      assertThat(closing()).startsWith("4000");
    }
  }

  @Test
  void resetAndFinOfAPeerAreHeardAtOnce() throws Exception {
    RawPeer reset = RawPeer.connected(server.port(), path());
    reset.reset();
    assertThat(closing()).isEqualTo("1006 ");
    RawPeer fin = RawPeer.connected(server.port(), path());
    fin.close();
    assertThat(closing()).isEqualTo("1006 ");
  }

  @Test
  void aSilentPeerIsClosedWhenTwoPingsAreUnanswered() throws Exception {
    try (RawPeer peer = RawPeer.connected(quickServer.port(), path())) {
      int pings = 0;
      RawPeer.Frame frame = peer.read();
      while (frame.opCode() == 9) {
        pings++;
        frame = peer.read();
      }
      assertThat(frame.closeCode()).isEqualTo(CloseCode.POLICY);
      assertThat(pings).isGreaterThanOrEqualTo(2);
      assertThat(closing()).isEqualTo("1008 " + Heartbeat.MISSED);
    }
  }

  @Test
  void aPeerThatAnswersPingsLives() throws Exception {
    try (RawPeer peer = RawPeer.connected(quickServer.port(), path())) {
      for (int i = 0; i < 12; i++) {
        RawPeer.Frame ping = peer.read();
        assertThat(ping.opCode()).isEqualTo(9);
        peer.frame(0x8A, ping.payload());
      }
      peer.text("still here");
      assertThat(peer.next().text()).isEqualTo("still here");
      peer.close(1000);
      assertThat(closing()).isEqualTo("1000 ");
    }
  }

  @Test
  void theJdkClientTalksAndCloses() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket = client.newWebSocketBuilder()
          .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path()), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
              heard.add(data.toString());
              webSocket.request(1);
              return null;
            }
          }).join();
      for (String text : IntStream.range(0, 50).mapToObj(i -> "message " + i).toList()) {
        socket.sendText(text, true).join();
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(text);
      }
      socket.sendClose(1000, "done").join();
      assertThat(closing()).isEqualTo("1000 done");
    }
  }

  @Test
  void aReaderThatLetsAnswersPileUpIsCutOff() throws Exception {
    try (RawPeer peer = RawPeer.connected(server.port(), path())) {
      peer.text("flood");
      assertThat(closing()).isEqualTo("1008 Reader too slow");
    }
  }

  @Test
  void aThousandPeersThatVanishLeaveNothing() throws Exception {
    RawPeer[] peers = new RawPeer[1000];
    for (int i = 0; i < peers.length; i++) {
      peers[i] = RawPeer.connected(server.port(), path());
    }
    for (int i = 0; i < peers.length; i++) {
      if (i % 2 == 0) {
        peers[i].reset();
      } else {
        peers[i].close();
      }
    }
    for (int i = 0; i < peers.length; i++) {
      assertThat(closing()).isEqualTo("1006 ");
    }
    while (heartbeat.connections() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anErrorInAHandlerEndsItsConnectionAloneAndSaysNothingOfTheInside() throws Exception {
    try (RawPeer other = RawPeer.connected(server.port(), "/echo"); RawPeer peer = RawPeer.connected(server.port(), path())) {
      peer.text("fail");
      RawPeer.Frame end = peer.next();
      assertThat(end.closeCode()).isEqualTo(CloseCode.INTERNAL);
      assertThat(new String(end.payload(), StandardCharsets.UTF_8)).doesNotContain("deep", "StackOverflow");
      assertThat(closing()).isEqualTo("1011 Internal error");
      other.text("still here");
      assertThat(other.next().text()).isEqualTo("still here");
    }
  }

  private final class EchoListener implements SocketListener {
    private final SocketConnection connection;

    EchoListener(SocketConnection connection) {
      this.connection = connection;
      assertThat(connection.request().header(HeaderNames.HOST)).isPresent();
    }

    @Override
    public void text(String message) {
      if (message.startsWith("close ")) {
        connection.close(4000, message.substring(6));
      } else if (message.equals("fail")) {
        throw new StackOverflowError("deep inside");
      } else if (message.equals("flood")) {
        byte[] big = new byte[60_000];
        java.util.Arrays.fill(big, (byte) 'x');
        while (connection.isOpen()) {
          connection.send(() -> big);
        }
      } else {
        connection.send(() -> message.getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public void binary(int lengthBytes) {}

    @Override
    public void closed(int code, String reason) {
      closings.computeIfAbsent(connection.request().query("id").orElse("none"), key -> new LinkedBlockingQueue<>())
          .add(code + " " + reason);
    }
  }
}
