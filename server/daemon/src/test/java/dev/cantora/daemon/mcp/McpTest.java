package dev.cantora.daemon.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The agents' endpoint, driven by the protocol's own Java client. */
class McpTest {
  private static final Map<String, Object> SCORE = Map.of("bpm", 100, "lyrics", Map.of("text", "la"),
      "notes", List.of(Map.of("id", "a", "startSec", 0, "durationSec", 0.4, "midi", 60)));
  private static TestDaemon daemon;
  private static McpSyncClient client;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("AUTH_KEYS", "ann:ann-key");
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
    HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + daemon.port())
        .endpoint("/api/v1/mcp").customizeRequest(request -> request.header("Authorization", "Bearer ann-key")).build();
    // no schemas of answers are declared, so none are checked; the default checker wants another version of a library
    JsonSchemaValidator unused = (schema, value) -> JsonSchemaValidator.ValidationResponse.asValid("");
    client = McpClient.sync(transport).jsonSchemaValidator(unused).build();
    client.initialize();
  }

  @AfterAll
  static void stop() {
    client.close();
    daemon.close();
  }

  private static JsonNode call(String tool, Map<String, Object> arguments, boolean isError) {
    McpSchema.CallToolResult result = client.callTool(new McpSchema.CallToolRequest(tool, arguments));
    assertThat(Boolean.TRUE.equals(result.isError())).as("%s", result).isEqualTo(isError);
    return Json.parse(((McpSchema.TextContent) result.content().getFirst()).text());
  }

  @Test
  void theFiveToolsAreListedAndWork() {
    assertThat(client.getServerInfo().name()).isEqualTo("cantora");
    assertThat(client.listTools().tools()).extracting(McpSchema.Tool::name)
        .containsExactly("render_score", "phonemize_text", "list_presets", "validate_score", "inspect_preset");
    JsonNode rendered = call("render_score", Map.of("score", SCORE, "rng_seed", 7), false);
    byte[] wav = Base64.getDecoder().decode(rendered.path("wav_base64").asText());
    assertThat(wav).startsWith('R', 'I', 'F', 'F');
    assertThat(rendered.at("/provenance/config/rngSeed").asInt()).isEqualTo(7);
    assertThat(daemon.get("/api/v1/renders/last/audio.wav", "Authorization", "Bearer ann-key").body()).isEqualTo(wav);
    JsonNode words = call("phonemize_text", Map.of("text", "Hello"), false);
    assertThat(words.path("mode").asText()).isEqualTo("word");
    assertThat(words.at("/words/0/phonemes")).extracting(JsonNode::asText).containsExactly("HH", "AH", "L", "OW");
    assertThat(call("phonemize_text", Map.of("text", "la", "notes", SCORE.get("notes")), false).at("/events/0/phoneme").asText()).isEqualTo("L");
    assertThat(call("list_presets", Map.of(), false).path("count").asInt()).isEqualTo(1);
    assertThat(call("validate_score", Map.of("score", SCORE), false).path("durationSec").asDouble()).isEqualTo(0.4);
    JsonNode preset = call("inspect_preset", Map.of("preset_id", "default-voice"), false);
    assertThat(preset.at("/timbres/0/name").asText()).isEqualTo("AH");
    assertThat(preset.at("/timbres/0/freqBins").asInt()).isEqualTo(1025);
  }

  @Test
  void failuresAreToldToTheModelWithTheirCode() {
    JsonNode unknown = call("render_score", Map.of("score", SCORE, "preset_id", "nobody"), true);
    assertThat(unknown.at("/error/code").asText()).isEqualTo("PRESET_NOT_FOUND");
    assertThat(unknown.at("/error/available_presets/0").asText()).isEqualTo("default-voice");
    JsonNode invalid = call("validate_score", Map.of("score", Map.of("bpm", 1000, "notes", List.of())), true);
    assertThat(invalid.at("/error/issues/0/path").asText()).isEqualTo("bpm");
    assertThat(call("inspect_preset", Map.of("preset_id", "../x"), true).at("/error/code").asText()).isEqualTo("INVALID_PRESET_ID");
    assertThat(call("phonemize_text", Map.of("text", ""), true).at("/error/code").asText()).isEqualTo("INVALID_BODY");
  }

  @Test
  void theEndpointIsGuarded() {
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    String[] key = {"Authorization", "Bearer ann-key"};
    assertThat(daemon.post("/api/v1/mcp", ping).code()).isEqualTo("UNAUTHORIZED");
    assertThat(daemon.post("/api/v1/mcp", ping, key).json().has("result")).isTrue();
    Reply foreign = daemon.post("/api/v1/mcp", ping, "Authorization", "Bearer ann-key", "Origin", "https://evil.example");
    assertThat(foreign.code()).isEqualTo("FORBIDDEN");
    assertThat(daemon.post("/api/v1/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"}", key).json().at("/error/code").asInt()).isEqualTo(-32601);
    assertThat(daemon.post("/api/v1/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", key).status()).isEqualTo(202);
    assertThat(daemon.get("/api/v1/mcp", key).status()).as("no stream of its own").isEqualTo(405);
    assertThat(daemon.post("/api/v1/mcp", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", key).code()).isEqualTo("INVALID_BODY");
  }
}
