package dev.cantora.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.cantora.api.model.PhonemizeRequest;
import dev.cantora.client.Cantora;
import dev.cantora.client.errors.ConnectionException;
import dev.cantora.client.errors.InternalErrorException;
import dev.cantora.client.errors.RenderQueueFullException;
import dev.cantora.client.errors.UnknownCodeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryTest {
  private static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofSeconds(5));

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private volatile int failures;
  private volatile int status;
  private volatile String retryAfter;
  private volatile String body;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      boolean fail = requests.incrementAndGet() <= failures;
      byte[] answer = (fail ? body : "{\"ok\":true,\"version\":\"2\",\"uptimeSec\":1,\"events\":[],\"warnings\":[]}").getBytes(StandardCharsets.UTF_8);
      if (fail && retryAfter != null) {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
      }
      exchange.sendResponseHeaders(fail ? status : 200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Cantora cantora(RetryPolicy retries) {
    return Cantora.at("http://127.0.0.1:" + server.getAddress().getPort() + "/").retries(retries).build();
  }

  private void failWith(int times, int status, String code, String retryAfter) {
    this.failures = times;
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = "{\"ok\":false,\"code\":\"" + code + "\",\"message\":\"m\",\"hint\":\"wait\",\"requestId\":\"req_1\","
        + "\"details\":{\"queueDepth\":16}}";
  }

  @Test
  void aFullQueueIsTriedAgainEvenForPosts() {
    failWith(2, 503, "RENDER_QUEUE_FULL", "0");
    PhonemizeRequest request = PhonemizeRequest.builder().text("la").notes(List.of()).build();
    assertThat(cantora(QUICK).phonemize(request).events()).isEmpty();
    assertThat(requests).hasValue(3);
  }

  @Test
  void afterTheLastAttemptTheExceptionOfTheCodeComesOut() {
    failWith(100, 503, "RENDER_QUEUE_FULL", "0");
    RenderQueueFullException full =
        catchThrowableOfType(RenderQueueFullException.class, () -> cantora(QUICK).health());
    assertThat(requests).hasValue(3);
    assertThat(full.hint()).contains("wait");
    assertThat(full.requestId()).contains("req_1");
    assertThat(full.report().details()).containsEntry("queueDepth", 16);
    assertThat(full).hasMessageContaining("RENDER_QUEUE_FULL").hasMessageContaining("req_1");
  }

  @Test
  void aWaitBeyondTheLimitIsNotBegun() {
    failWith(100, 503, "RENDER_QUEUE_FULL", "3600");
    catchThrowableOfType(RenderQueueFullException.class, () -> cantora(QUICK).health());
    assertThat(requests).hasValue(1);
  }

  @Test
  void otherErrorsAreFinal() {
    failWith(100, 500, "INTERNAL_ERROR", null);
    assertThat(catchThrowableOfType(InternalErrorException.class, () -> cantora(QUICK).health())).isNotNull();
    assertThat(requests).hasValue(1);
  }

  @Test
  void answersOfOthersAndCodesOfTheFutureKeepTheirStatus() {
    failWith(1, 418, "SOMETHING_NEW", null);
    assertThat(catchThrowableOfType(UnknownCodeException.class, () -> cantora(QUICK).health()).code()).isEqualTo("SOMETHING_NEW");
    failures = 100;
    body = "<html>Bad gateway</html>";
    UnknownCodeException proxy = catchThrowableOfType(UnknownCodeException.class, () -> cantora(QUICK).health());
    assertThat(proxy.code()).isEqualTo("HTTP_418");
    assertThat(proxy.report().httpStatus()).isEqualTo(418);
  }

  @Test
  void nobodyThereIsAConnectionException() throws IOException {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    Cantora nobody = Cantora.at("http://127.0.0.1:" + freePort).retries(QUICK).build();
    assertThat(catchThrowableOfType(ConnectionException.class, nobody::health)).hasMessageContaining("127.0.0.1");
  }
}
