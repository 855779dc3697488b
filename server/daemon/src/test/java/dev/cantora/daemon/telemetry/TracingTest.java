package dev.cantora.daemon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Spans as a collector receives them. */
class TracingTest {
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT_ID = "00f067aa0ba902b7";

  @Test
  void requestsBecomeSpansOfTheCallersTraceAndCarryTheirRequestId() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    HttpServer collector = collector(received);
    try (TestDaemon daemon = TestDaemon.start("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getAddress().getPort())) {
      daemon.get("/api/v1/renders/nobody/meta", "traceparent", "00-" + TRACE_ID + "-" + PARENT_ID + "-01", "X-Request-Id", "traced-1");
      String batch = received.poll(30, TimeUnit.SECONDS);
      assertThat(batch).contains("cantora", "GET /api/v1/renders/{id}/meta", "http.response.status_code", "traced-1",
          binary(TRACE_ID), binary(PARENT_ID)).doesNotContain("nobody");
      daemon.get("/livez");
    } finally {
      // the last span is sent when the daemon stops
      assertThat(received.poll(30, TimeUnit.SECONDS)).contains("GET /livez");
      collector.stop(0);
    }
  }

  @Test
  void aRenderTellsItsStepsAsChildrenOfItsRequest() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    HttpServer collector = collector(received);
    try (TestDaemon daemon = TestDaemon.start("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getAddress().getPort())) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      for (String config : new String[] {"{}", "{\"normalize\":\"none\"}"}) {
        assertThat(daemon.post("/api/v1/render", "{\"score\":{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.2,"
            + "\"midi\":60,\"lyric\":\"la\"}]},\"config\":" + config + "}", "traceparent", "00-" + TRACE_ID + "-" + PARENT_ID + "-01")
            .status()).isEqualTo(200);
      }
      assertThat(daemon.post("/api/v1/phonemize", "{\"text\":\"la\",\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.5,\"midi\":60}]}").status()).isEqualTo(200);
    }
    collector.stop(0);
    String all = String.join("", received);
    assertThat(steps(all, "phonemize")).as("two renders and a request of its own").isEqualTo(3);
    assertThat(steps(all, "render")).isEqualTo(2);
    assertThat(steps(all, "store")).isEqualTo(2);
    assertThat(all.split(Pattern.quote(binary(TRACE_ID)), -1).length - 1)
        .as("two requests and their six steps are of the caller's trace").isEqualTo(8);
  }

  /** Spans of a name: field 5 of a span, with its length before it. */
  private static int steps(String protobuf, String name) {
    return protobuf.split(Pattern.quote("\u002a" + (char) name.length() + name), -1).length - 1;
  }

  @Test
  void withoutACollectorNothingOfOpenTelemetryIsTouched() {
    try (Tracing off = Tracing.to(null, "1")) {
      assertThat(off.begin("00-" + TRACE_ID + "-" + PARENT_ID + "-01")).isSameAs(off.begin(null));
    }
  }

  @Test
  void aCollectorThatIsNotThereDisturbsNobody() {
    try (TestDaemon daemon = TestDaemon.start("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")) {
      assertThat(daemon.get("/api/v1/health").status()).isEqualTo(200);
    }
  }

  private static HttpServer collector(BlockingQueue<String> received) throws IOException {
    HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", exchange -> {
      // protobuf holds texts and ids as they are, so Latin-1 keeps every byte
      received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    collector.start();
    return collector;
  }

  private static String binary(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }
}
