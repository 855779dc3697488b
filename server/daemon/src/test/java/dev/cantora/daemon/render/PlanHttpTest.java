package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoices;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Performances planned, changed and sung over HTTP; choirs. */
class PlanHttpTest {
  private static final String SCORE = "{\"bpm\":90,\"title\":\"kept\",\"notes\":["
      + "{\"id\":\"a\",\"startSec\":0.1,\"durationSec\":0.9,\"midi\":57,\"vibrato\":{\"rateHz\":5.5,\"depthCents\":40,\"onsetSec\":0.2}},"
      + "{\"id\":\"b\",\"startSec\":1,\"durationSec\":0.7,\"midi\":61,\"portamentoSec\":0.1,\"growl\":0.3},"
      + "{\"id\":\"c\",\"startSec\":1,\"durationSec\":0.7,\"midi\":64,\"scoop\":{\"cents\":100,\"durationSec\":0.1}}],"
      + "\"lyrics\":{\"text\":\"hello\"},\"lanes\":{\"dynamics\":[{\"tSec\":0,\"value\":0.3},{\"tSec\":1.5,\"value\":1}]}}";
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start();
    TestVoices.write(daemon.folder().resolve("presets"), "default-voice");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static String wavHash(String body) {
    Reply rendered = daemon.post("/api/v1/render", body);
    assertThat(rendered.status()).as(rendered.toString()).isEqualTo(200);
    return rendered.json().at("/provenance/wavHash").asText();
  }

  @Test
  void anUnchangedPlanSentBackHasTheBytesOfTheOneStepRender() {
    for (String config : new String[] {"{}", "{\"channels\":2,\"sampleRateHz\":44100,\"rngSeed\":-5}",
        "{\"channels\":2,\"choir\":{\"singers\":3,\"detuneCents\":20}}"}) {
      Reply planned = daemon.post("/api/v1/plans", Scores.body(SCORE, config));
      assertThat(planned.status()).as(planned.toString()).isEqualTo(200);
      JsonNode plan = planned.json();
      assertThat(plan.at("/score/title").asText()).isEqualTo("kept");
      assertThat(plan.at("/score/phonemes/0/phoneme").asText()).isEqualTo("HH");
      assertThat(plan.at("/score/plan/singers/0/phonemes/0/phoneme").asText()).isEqualTo("HH");
      assertThat(wavHash(planned.text())).isEqualTo(wavHash(Scores.body(SCORE, config)));
    }
    assertThat(daemon.get("/api/v1/renders/last/score").json().has("plan")).isFalse();
  }

  @Test
  void aChangedPlanIsSungAndKept() {
    JsonNode planned = daemon.post("/api/v1/plans", Scores.body(SCORE)).json();
    ArrayNode pitches = (ArrayNode) planned.at("/score/plan/singers/0/spans/0/f0Hz");
    double before = pitches.get(60).asDouble();
    for (int i = 0; i < pitches.size(); i++) {
      pitches.set(i, Json.tree(pitches.get(i).asDouble() * 1.5));
    }
    Sound sound = Sound.of(daemon, Json.text(planned));
    assertThat(Sound.cents(sound.pitchHz(0.5, 330), 330)).isBetween(-60.0, 60.0);
    assertThat(before).isBetween(200.0, 240.0);
    JsonNode stored = daemon.get("/api/v1/renders/last/score").json();
    assertThat(stored.at("/plan/singers/0/spans/0/f0Hz/60").asDouble()).isEqualTo(before * 1.5);
    String again = "{\"score\":" + Json.text(stored) + ",\"config\":" + planned.path("config") + "}";
    assertThat(wavHash(again)).isEqualTo(wavHash(Json.text(planned)));
  }

  @Test
  void aPlanMayBeWrittenByHand() {
    String plan = "\"plan\":{\"sampleRateHz\":48000,\"singers\":[{\"index\":0,\"phonemes\":[{\"phoneme\":\"IY\",\"tSec\":0,\"endSec\":1}],"
        + "\"spans\":[{\"atSample\":[0,2400,43200,48000],\"f0Hz\":[330],\"level\":[0,0.8,0.8,0]}]}]}";
    Sound sound = Sound.of(daemon, Scores.body("{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":60}]," + plan + "}"));
    assertThat(Sound.cents(sound.pitchHz(0.5, 330), 330)).isBetween(-3.0, 3.0);
  }

  @Test
  void whatAPlanCannotBeIsToldWithItsPath() {
    ObjectNode planned = (ObjectNode) daemon.post("/api/v1/plans", Scores.body(SCORE)).json();
    refused(planned, "score.plan.singers.0.spans.0.atSample", body ->
        ((ArrayNode) body.at("/score/plan/singers/0/spans/0/atSample")).set(1, Json.tree(0)));
    refused(planned, "score.plan.singers.0.spans.0.level", body ->
        ((ArrayNode) body.at("/score/plan/singers/0/spans/0/level")).remove(3));
    refused(planned, "score.plan.singers.0.spans.0.f0Hz", body ->
        ((ArrayNode) body.at("/score/plan/singers/0/spans/0/f0Hz")).set(3, Json.tree(0.0)));
    refused(planned, "score.plan.singers.0.spans.0.timbres.ZZ", body ->
        ((ObjectNode) body.at("/score/plan/singers/0/spans/0")).set("timbres", Json.parse("{\"ZZ\":[1]}")));
    refused(planned, "score.plan.sampleRateHz", body -> ((ObjectNode) body.at("/score/plan")).put("sampleRateHz", 44100));
    refused(planned, "score.plan.singers.0.phonemes.1", body ->
        ((ObjectNode) body.at("/score/plan/singers/0/phonemes/1")).put("tSec", 0.0));
    String huge = "{\"bpm\":90,\"notes\":" + Scores.notes(64).replace("\"durationSec\":0.3", "\"durationSec\":250") + "}";
    assertThat(daemon.post("/api/v1/plans", Scores.body(huge, "{\"maxPolyphony\":64,\"choir\":{\"singers\":16}}")).code())
        .isEqualTo("RENDER_TOO_LARGE");
  }

  private static void refused(ObjectNode planned, String path, java.util.function.Consumer<ObjectNode> change) {
    ObjectNode body = planned.deepCopy();
    change.accept(body);
    Reply reply = daemon.post("/api/v1/render", Json.text(body));
    assertThat(reply.code()).as(reply.toString()).isEqualTo("INVALID_BODY");
    assertThat(reply.json().at("/issues/0/path").asText()).isEqualTo(path);
  }

  @Test
  void aChoirIsHeardAndWrittenDown() {
    String choir = "{\"channels\":2,\"choir\":{\"singers\":6,\"detuneCents\":15,\"timingMs\":30,\"width\":1}}";
    String hash = wavHash(Scores.body(SCORE, choir));
    assertThat(wavHash(Scores.body(SCORE, choir))).isEqualTo(hash);
    assertThat(wavHash(Scores.body(SCORE, "{\"channels\":2}"))).isNotEqualTo(hash);
    assertThat(wavHash(Scores.body(SCORE, "{\"channels\":2,\"choir\":{\"singers\":1}}"))).isEqualTo(wavHash(Scores.body(SCORE, "{\"channels\":2}")));
    daemon.post("/api/v1/render", Scores.body(SCORE, choir));
    assertThat(daemon.get("/api/v1/renders/last/provenance").json().at("/config/choir/singers").asInt()).isEqualTo(6);
    assertThat(daemon.post("/api/v1/render", Scores.body(SCORE, "{\"choir\":{\"singers\":17}}")).json().at("/issues/0/path").asText())
        .isEqualTo("config.choir.singers");
    JsonNode plan = daemon.post("/api/v1/plans", Scores.body(SCORE, choir)).json();
    assertThat(plan.at("/score/plan/singers").size()).as("two lines of six").isEqualTo(12);
    assertThat(plan.findValuesAsText("index")).doesNotHaveDuplicates();
  }

  /** As a plan of a long song would be; here the limits are smaller. */
  @Test
  void aPlanBeyondTheLimitOfOtherBodiesIsSungAgain() {
    try (TestDaemon small = TestDaemon.start("JSON_BODY_LIMIT", "32kb", "CANTORA_PLAN_BODY_LIMIT", "256kb", "AUTH_KEYS", "ann:plan-key", "RATE_LIMIT_RPM", "1000")) {
      TestVoices.write(small.folder().resolve("presets"), "default-voice");
      String key = "Bearer plan-key";
      String choir = "{\"channels\":2,\"choir\":{\"singers\":3,\"detuneCents\":20}}";
      Reply planned = small.send("POST", "/api/v1/plans", Scores.body(SCORE, choir), "Authorization", key);
      assertThat(planned.text().length()).isBetween(40_000, 250_000);
      Reply sung = small.send("POST", "/api/v1/render", planned.text(), "Authorization", key);
      assertThat(sung.json().at("/provenance/wavHash").asText()).isEqualTo(wavHash(Scores.body(SCORE, choir)));
      Reply kept = small.send("POST", "/api/v1/renders", planned.text(), "Authorization", key);
      assertThat(kept.status()).as(kept.toString()).isEqualTo(200);
      assertThat(small.get("/api/v1/capabilities").json().at("/limits/planBodyBytes").asLong()).isEqualTo(256 << 10);

      Reply unknown = small.send("POST", "/api/v1/render", planned.text());
      assertThat(unknown.code()).as("nobody's plan is read to its end").isEqualTo("UNAUTHORIZED");
      ObjectNode without = (ObjectNode) planned.json();
      ((ObjectNode) without.get("score")).set("kept", ((ObjectNode) without.get("score")).remove("plan"));
      Reply plain = small.send("POST", "/api/v1/render", Json.text(without), "Authorization", key);
      assertThat(plain.code()).isEqualTo("BODY_TOO_LARGE");
      assertThat(plain.json().at("/details/limitBytes").asInt()).isEqualTo(32 << 10);
      Reply huge = small.send("POST", "/api/v1/render", planned.text() + " ".repeat(300_000), "Authorization", key);
      assertThat(huge.json().at("/details/limitBytes").asInt()).isEqualTo(256 << 10);
      Reply elsewhere = small.send("POST", "/api/v1/phonemize", planned.text(), "Authorization", key);
      assertThat(elsewhere.json().at("/details/limitBytes").asInt()).isEqualTo(32 << 10);
      String more = "{\"channels\":2,\"choir\":{\"singers\":16}}";
      assertThat(small.send("POST", "/api/v1/plans", Scores.body(SCORE, more), "Authorization", key).code())
          .as("what could not be sent back is not made").isEqualTo("RENDER_TOO_LARGE");
    }
  }

  /** Heads alone take places: their bodies are on the way. */
  @Test
  void fewLargeBodiesAreHeldAtOnceAndTheirPlacesComeBack() throws Exception {
    try (TestDaemon small = TestDaemon.start("JSON_BODY_LIMIT", "1kb", "RATE_LIMIT_RPM", "10000")) {
      TestVoices.write(small.folder().resolve("presets"), "default-voice");
      List<Socket> held = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        held.add(beginLargeBody(small));
      }
      // who asks takes a place for a moment too, perhaps the one of the fourth: then one more holds it
      Reply refused = until(small, "RENDER_QUEUE_FULL", () -> held.add(beginLargeBody(small)));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(small.post("/api/v1/render", Scores.body(SCORE)).status()).as("others pass").isEqualTo(200);
      for (Socket socket : held) {
        socket.close();
      }
      until(small, "BODY_TOO_LARGE", () -> true);
      for (int i = 0; i < 5; i++) {
        assertThat(small.post("/api/v1/render", "{}" + " ".repeat(2000)).code()).as("what is refused gives its place back").isEqualTo("BODY_TOO_LARGE");
      }
      String plan = daemon.post("/api/v1/plans", Scores.body(SCORE)).text();
      for (int i = 0; i < 5; i++) {
        assertThat(small.post("/api/v1/render", plan).status()).as("and what is sung, too").isEqualTo(200);
      }
      for (int i = 0; i < 6; i++) {
        assertThat(small.post("/api/v1/render", plan, "X-Render-Job-Id", "twice").status()).as("and what the queue refuses")
            .isEqualTo(i == 0 ? 200 : 409);
      }
    }
  }

  private static Socket beginLargeBody(TestDaemon daemon) throws IOException {
    Socket socket = new Socket("127.0.0.1", daemon.uri("/").getPort());
    socket.getOutputStream().write(("POST /api/v1/render HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "Content-Length: 5000\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The answer to a body that is too large without a plan, once it has this code. @param again done before each next try */
  private static Reply until(TestDaemon daemon, String code, Callable<?> again) throws Exception {
    for (int i = 0; i < 1000; i++) {
      Reply reply = daemon.post("/api/v1/render", "{}" + " ".repeat(2000));
      if (reply.code().equals(code)) {
        return reply;
      }
      again.call();
      Thread.sleep(20);
    }
    throw new AssertionError("never " + code);
  }
}
