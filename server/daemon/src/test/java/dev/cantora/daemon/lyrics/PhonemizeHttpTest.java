package dev.cantora.daemon.lyrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.testing.TestDaemon;
import org.junit.jupiter.api.Test;

/** Words to phonemes over real HTTP. */
class PhonemizeHttpTest {

  @Test
  void wordsBecomeTimedPhonemesOnTheirNotes() {
    try (TestDaemon daemon = TestDaemon.start()) {
      String notes = "[{\"id\":\"b\",\"startSec\":1,\"durationSec\":1,\"midi\":62},{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":60}]";
      JsonNode answer = daemon.post("/api/v1/phonemize", "{\"text\":\"hello\",\"notes\":" + notes + "}").json();
      assertThat(answer.path("ok").asBoolean()).isTrue();
      assertThat(answer.path("events").findValuesAsText("phoneme")).startsWith("HH").endsWith("OW");
      assertThat(answer.at("/events/0/kind").asText()).isEqualTo("consonant");
      assertThat(daemon.post("/api/v1/phonemize", "{\"text\":\"hello\",\"language\":\"xx\",\"notes\":" + notes + "}").json().path("warnings"))
          .isNotEmpty();
      assertThat(daemon.post("/api/v1/phonemize", "{\"text\":\"\",\"notes\":" + notes + "}").code()).isEqualTo("INVALID_BODY");
      assertThat(daemon.post("/api/v1/phonemize", "{\"text\":\"a\",\"notes\":[]}").code()).isEqualTo("INVALID_BODY");
    }
  }
}
