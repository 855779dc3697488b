package dev.cantora.daemon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.testing.LogCapture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class PinoEncoderTest {
  private static final Logger LOG = LoggerFactory.getLogger(PinoEncoderTest.class);

  private static String line(String event, String key, Object value) {
    try (LogCapture log = new LogCapture()) {
      LOG.atWarn().addKeyValue(key, value).log(event);
      return log.lines().stream().filter(line -> line.contains(event)).findFirst().orElseThrow();
    }
  }

  @Test
  void linesHaveTheFieldsOfPino() {
    JsonNode event = Json.parse(line("pino_fields", "count", 3));
    assertThat(event.path("level").asInt()).isEqualTo(40);
    assertThat(event.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(event.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(event.path("hostname").asText()).isNotEmpty();
    assertThat(event.path("count").isInt()).isTrue();
  }

  @Test
  void pathsListsAndNullsAreValues() {
    assertThat(Json.parse(line("pino_path", "dir", Path.of("/a/b"))).path("dir").asText()).isEqualTo("/a/b");
    assertThat(Json.parse(line("pino_list", "ids", List.of("a", "b"))).path("ids").size()).isEqualTo(2);
    assertThat(Json.parse(line("pino_null", "none", null)).path("none").isNull()).isTrue();
    assertThat(Json.parse(line("pino_nan", "value", Double.NaN)).path("value").asText()).isEqualTo("NaN");
  }

  @Test
  void nothingAClientSendsStartsANewLineOrMember() {
    String line = line("pino_injection", "ua", "x\"}\n{\"level\":60,\"msg\":\"forged\u2028\ud800");
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(Json.parse(line).path("msg").asText()).isEqualTo("pino_injection");
  }

  @Test
  void membersCannotReplaceTheFixedFields() {
    assertThat(Json.parse(line("pino_fixed", "msg", "other")).path("msg").asText()).isEqualTo("pino_fixed");
  }
}
