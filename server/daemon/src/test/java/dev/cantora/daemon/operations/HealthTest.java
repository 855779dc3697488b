package dev.cantora.daemon.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import org.junit.jupiter.api.Test;

/** What operators are told to look at when audio starves: the processor's load, behind a key. */
class HealthTest {

  @Test
  void detailedHealthTellsTheLoadOfTheProcessor() {
    try (TestDaemon daemon = TestDaemon.start("AUTH_TOKEN", "secret")) {
      assertThat(daemon.get("/api/health").status()).as("the badge needs no key").isEqualTo(200);
      assertThat(daemon.get("/api/health/detailed").code()).isEqualTo("UNAUTHORIZED");
      Reply detailed = daemon.get("/api/health/detailed", "Authorization", "Bearer secret");
      assertThat(detailed.status()).isEqualTo(200);
      JsonNode cpu = detailed.json().path("cpu");
      assertThat(cpu.path("availableProcessors").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());
      for (String share : new String[] {"processLoad", "systemLoad"}) {
        JsonNode load = cpu.path(share);
        assertThat(load.isNull() || load.isNumber() && load.asDouble() >= 0 && load.asDouble() <= 1).as("%s", cpu).isTrue();
      }
      assertThat(detailed.json().at("/memory/rssMb").asDouble()).isPositive();
      assertThat(detailed.json().at("/queue/depth").asInt(-1)).isZero();
    }
  }
}
