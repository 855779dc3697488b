package dev.cantora.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonConfigTest {

  @Test
  void defaultsAreTheContracts() {
    DaemonConfig config = DaemonConfig.from(Map.of());
    assertThat(config.network().host()).isEqualTo("127.0.0.1");
    assertThat(config.network().port()).isEqualTo(4321);
    assertThat(config.network().allowedOrigins()).isEmpty();
    assertThat(config.store().storeBudgetBytes()).isEqualTo(4096L << 20);
    assertThat(config.store().perRenderBudgetBytes()).isEqualTo(256L << 20);
    assertThat(config.render())
        .isEqualTo(new DaemonConfig.Render(300, 16, 10_000, null, 1000));
    assertThat(config.rateLimit()).isEqualTo(new DaemonConfig.RateLimit(20, 10_000));
    assertThat(config.http().jsonBodyLimitBytes()).isEqualTo(2L << 20);
    assertThat(config.http().slowRequestMs()).isEqualTo(1000);
    assertThat(config.sockets()).isEqualTo(new DaemonConfig.Sockets(4, 8, 8, 30, 30_000, 2, true));
    assertThat(config.telemetry().logLevel()).isEqualTo("info");
  }

  @Test
  void everyBadValueIsNamedAtOnce() {
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("PORT", "99999");
    bad.put("RENDER_STORE_BUDGET_MB", "lots");
    bad.put("RENDER_PER_BUDGET_MB", "0");
    bad.put("RENDER_QUEUE_MAX_DEPTH", "-1");
    bad.put("SLOW_REQUEST_MS", "1s");
    bad.put("JSON_BODY_LIMIT", "2 parsecs");
    bad.put("LOG_LEVEL", "chatty");
    bad.put("TRUST_PROXY", "10.0.0.0/99");
    bad.put("ALLOWED_ORIGIN", "*");
    bad.put("MAX_RENDER_DURATION_SEC", "NaN");
    bad.put("WS_MAX_MISSED_PINGS", "two");
    assertThatThrownBy(() -> DaemonConfig.from(bad)).isInstanceOfSatisfying(ConfigException.class, refused ->
        assertThat(refused.problems()).extracting(problem -> problem.split(" ")[0]).containsExactlyInAnyOrderElementsOf(bad.keySet()));
  }

  @Test
  void secretsAreNotInTheText() {
    assertThat(DaemonConfig.from(Map.of("AUTH_TOKEN", "hunter2", "AUTH_KEYS", "a:hunter3")).toString())
        .doesNotContain("hunter");
  }

  @ParameterizedTest
  @CsvSource({"2mb,2097152", "512kb,524288", "4096,4096", "1GB,0"})
  void sizesHaveUnits(String text, long bytes) {
    Map<String, String> environment = Map.of("JSON_BODY_LIMIT", text);
    if (bytes == 0) {
      assertThatThrownBy(() -> DaemonConfig.from(environment)).isInstanceOf(ConfigException.class);
    } else {
      assertThat(DaemonConfig.from(environment).http().jsonBodyLimitBytes()).isEqualTo(bytes);
    }
  }
}
