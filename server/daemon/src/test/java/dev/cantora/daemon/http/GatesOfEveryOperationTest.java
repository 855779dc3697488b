package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.Operation;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Who may not do what, for every operation of the contract: one that is new is here without being named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class GatesOfEveryOperationTest {
  private static final String KEYS =
      "[{\"id\":\"ann\",\"key\":\"ka\"},{\"id\":\"bob\",\"key\":\"kb\"},{\"id\":\"root\",\"key\":\"kr\",\"admin\":true}]";
  private static final String NOTE = "{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.2,\"midi\":60}";

  private TestDaemon daemon;
  private LivePeer host;
  private Map<String, String> anns;

  @BeforeAll
  void start() {
    daemon = TestDaemon.start("AUTH_KEYS", KEYS);
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
    String render = daemon.post("/api/v1/renders", "{\"score\":{\"bpm\":90,\"notes\":[" + NOTE + "]},\"config\":{}}", key("ka"))
        .json().at("/meta/id").asText();
    String chords = IntStream.range(0, 64).mapToObj(i -> NOTE.replace("0.2", "299").replace("\"a\"", "\"v" + i + "\"")).collect(Collectors.joining(","));
    assertThat(daemon.post("/api/v1/render", "{\"score\":{\"bpm\":90,\"notes\":[" + chords + "]},\"config\":{\"maxPolyphony\":64}}",
        "Authorization", "Bearer ka", "Prefer", "respond-async", "X-Render-Job-Id", "anns-job").status()).isEqualTo(202);
    host = LivePeer.connect(daemon.port(), "/ws/jam?token=ka");
    host.send("{\"type\":\"jam_hello\",\"protocolVersion\":1}");
    host.send("{\"type\":\"session_create\"}");
    anns = Map.of("{id}", render, "{jobId}", "anns-job", "{sessionId}", host.await("session_created").at("/snapshot/sessionId").asText(),
        "{language}", "en", "{word}", "grace");
  }

  @AfterAll
  void stop() {
    daemon.delete("/api/v1/render/jobs/anns-job", key("ka"));
    host.close();
    daemon.close();
  }

  private static String[] key(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  private Reply call(Operation operation, String... headers) {
    String path = (operation.prefixed() ? "/api/v1" : "") + operation.path();
    for (Map.Entry<String, String> each : anns.entrySet()) {
      path = path.replace(each.getKey(), each.getValue());
    }
    String body = operation == Operation.UPDATE_RENDER ? "{\"pinned\":true}" : operation.method().equals("GET") ? null : "{}";
    return daemon.send(operation.method(), path, body, headers);
  }

  private static List<Operation> operations(Operation.Auth auth) {
    return Arrays.stream(Operation.values()).filter(operation -> operation.auth() == auth).toList();
  }

  @Test
  void whatBelongsToOnePrincipalIsForbiddenToAnotherAndNotToAnAdministratorsEyes() {
    List<Operation> owned = operations(Operation.Auth.OWNER);
    assertThat(owned).contains(Operation.GET_RENDER_AUDIO, Operation.CANCEL_JOB, Operation.EXPORT_JAM);
    for (Operation operation : owned) {
      assertThat(call(operation, key("kb")).code()).as("%s", operation).isEqualTo("FORBIDDEN");
    }
    assertThat(daemon.get("/api/v1/render/events?jobId=anns-job", key("kb")).code()).isEqualTo("FORBIDDEN");
    assertThat(daemon.get("/api/v1/renders/" + anns.get("{id}") + "/meta", key("ka")).json().path("pinned").asBoolean()).isFalse();
    owned.stream().filter(operation -> operation.method().equals("GET") && operation != Operation.GET_RENDER_TAPE)
        .forEach(operation -> assertThat(call(operation, key("kr")).status()).as("%s", operation).isEqualTo(200));
  }

  @Test
  void whatAdministratorsMayIsForbiddenToOthers() {
    assertThat(operations(Operation.Auth.ADMIN)).isNotEmpty()
        .allSatisfy(operation -> assertThat(call(operation, key("kb")).code()).isEqualTo("FORBIDDEN"));
  }

  @Test
  void withoutAKeyNothingButWhatIsOpenIsAnswered() {
    int address = 0;
    for (Operation operation : Operation.values()) {
      // from many addresses, as one that guesses is slowed down
      Reply reply = call(operation, "X-Forwarded-For", "203.0.113." + ++address);
      assertThat(reply.status() == 401).as("%s: %s", operation, reply).isEqualTo(operation.auth() != Operation.Auth.OPEN);
    }
  }
}
