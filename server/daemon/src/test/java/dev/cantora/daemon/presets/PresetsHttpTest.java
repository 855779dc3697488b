package dev.cantora.daemon.presets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The list of voices over real HTTP. */
class PresetsHttpTest {

  @Test
  void voicesAreListedByIdAndUnreadableOnesSayWhy() throws IOException {
    try (TestDaemon daemon = TestDaemon.start("AUTH_TOKEN", "secret")) {
      Path presets = daemon.folder().resolve("presets");
      TestVoice.install(presets, "zoe");
      Files.writeString(TestVoice.install(presets, "amy").resolve("meta.json"),
          "{\"name\":\"Amy\",\"description\":\"Warm\",\"tags\":[\"alto\"],\"defaultTimbre\":\"OO\"}");
      Files.writeString(TestVoice.install(presets, "bad").resolve("voicepreset.json"), "{");
      JsonNode list = daemon.get("/api/v1/presets").json();

      assertThat(list.path("presets").findValuesAsText("id")).containsExactly("amy", "bad", "zoe");
      JsonNode amy = list.at("/presets/0");
      assertThat(amy.path("name").asText()).isEqualTo("Amy");
      assertThat(amy.path("defaultTimbre").asText()).isEqualTo("OO");
      assertThat(amy.path("timbres")).extracting(JsonNode::asText).containsExactly("AH", "OO");
      assertThat(amy.path("sampleRateHz").asInt()).isEqualTo(48000);
      assertThat(list.at("/presets/1/error").asText()).isNotEmpty().doesNotContain(presets.toString());
      assertThat(list.at("/presets/1/name").asText()).isEqualTo("bad");
      assertThat(list.at("/presets/2/defaultTimbre").asText()).isEqualTo("AH");
    }
  }

  @Test
  @Provokes(ErrorCode.PRESET_LIST_FAILED)
  void noVoicesIsADegradedListAndNoFolderAnError() throws IOException {
    try (TestDaemon daemon = TestDaemon.start()) {
      JsonNode empty = daemon.get("/api/v1/presets").json();
      assertThat(empty.path("degraded").asBoolean()).isTrue();
      assertThat(empty.path("hint").asText()).isNotEmpty();
      Files.delete(daemon.folder().resolve("presets"));
      ErrorProof.check(daemon, daemon.get("/api/v1/presets"), ErrorCode.PRESET_LIST_FAILED);
    }
  }
}
