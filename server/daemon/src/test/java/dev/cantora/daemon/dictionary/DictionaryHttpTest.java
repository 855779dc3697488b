package dev.cantora.daemon.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user dictionary over HTTP: kept, private, and sung. */
class DictionaryHttpTest {
  private static final String[] ALICE = {"Authorization", "Bearer key-of-alice"};
  private static final String[] BOB = {"Authorization", "Bearer key-of-bob"};
  private static final Map<String, String> KEYS = Map.of("AUTH_KEYS", "alice:key-of-alice,bob:key-of-bob");
  private static final String NOTE = "[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":60}]";

  private static Reply put(TestDaemon daemon, String path, String body, String... headers) {
    return daemon.send("PUT", "/api/v1/dictionary/" + path, body, headers);
  }

  private static List<String> sung(TestDaemon daemon, String text, String language, String... headers) {
    return daemon.post("/api/v1/phonemize", "{\"text\":\"" + text + "\",\"language\":\"" + language + "\",\"notes\":" + NOTE + "}", headers)
        .json().path("events").findValuesAsText("phoneme");
  }

  @Test
  void aWordIsSungAsItsOwnerSaysAndAsNobodyElseDoes() {
    try (TestDaemon daemon = TestDaemon.start(KEYS)) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      JsonNode entry = put(daemon, "en/Cantora", "{\"phonemes\":[\"z\",\"iy1\"]}", ALICE).json().path("entry");
      assertThat(entry.path("word").asText()).isEqualTo("cantora");
      assertThat(entry.path("phonemes")).extracting(JsonNode::asText).containsExactly("Z", "IY1");

      assertThat(sung(daemon, "CANTORA!", "en-GB", ALICE)).containsExactly("Z", "IY");
      assertThat(sung(daemon, "cantora", "en", BOB)).startsWith("K");
      String score = "{\"bpm\":90,\"notes\":" + NOTE + ",\"lyrics\":{\"text\":\"cantora\"}%s}";
      daemon.post("/api/v1/render", "{\"score\":" + score.formatted("") + ",\"config\":{}}", ALICE);
      assertThat(daemon.get("/api/v1/renders/last/score", ALICE).json().path("phonemes").findValuesAsText("phoneme"))
          .containsExactly("Z", "IY");
      daemon.post("/api/v1/render",
          "{\"score\":" + score.formatted(",\"dictionary\":{\"cantora\":[\"M\",\"UW\"]}") + ",\"config\":{}}", ALICE);
      assertThat(daemon.get("/api/v1/renders/last/score", ALICE).json().path("phonemes").findValuesAsText("phoneme"))
          .as("the score's own word wins").containsExactly("M", "UW");
    }
  }

  @Test
  void wordsBelongToTheirLanguage() {
    try (TestDaemon daemon = TestDaemon.start()) {
      put(daemon, "de/Gralsritter", "{\"phonemes\":[\"L\",\"AA\"]}");
      put(daemon, "ja/" + "%E3%81%9D%E3%82%89", "{\"phonemes\":[\"N\",\"OW\"]}");
      assertThat(sung(daemon, "gralsritter", "de")).containsExactly("L", "AA");
      assertThat(sung(daemon, "gralsritter", "en")).startsWith("G");
      assertThat(sung(daemon, "ソラ", "ja")).as("kana of either kind").containsExactly("N", "OW");
      JsonNode all = daemon.get("/api/v1/dictionary").json().path("entries");
      assertThat(all.findValuesAsText("language")).containsExactly("de", "ja");
      assertThat(daemon.get("/api/v1/dictionary/de").json().path("entries").findValuesAsText("word")).containsExactly("gralsritter");
      assertThat(daemon.delete("/api/v1/dictionary/de").json().path("removed").asInt()).isEqualTo(1);
      assertThat(sung(daemon, "gralsritter", "de")).startsWith("G");
    }
  }

  @Test
  void aLanguageIsReplacedAsAWholeAndAWordForgotten() {
    try (TestDaemon daemon = TestDaemon.start()) {
      put(daemon, "en/old", "{\"phonemes\":[\"OW\"]}");
      Reply replaced = put(daemon, "en", "{\"entries\":{\"Frodo\":[\"F\",\"R\",\"OW1\",\"D\",\"OW0\"],\"sam\":[\"S\",\"AE1\",\"M\"]}}");
      assertThat(replaced.json().path("entries").findValuesAsText("word")).containsExactly("frodo", "sam");
      assertThat(daemon.get("/api/v1/dictionary/en/old").code()).isEqualTo("NOT_FOUND");
      assertThat(daemon.get("/api/v1/dictionary/en/FRODO").json().at("/entry/phonemes/2").asText()).isEqualTo("OW1");
      assertThat(daemon.delete("/api/v1/dictionary/en/frodo").status()).isEqualTo(200);
      assertThat(daemon.delete("/api/v1/dictionary/en/frodo").code()).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void whatCannotBeSungOrFoundIsRefusedWithItsPath() {
    try (TestDaemon daemon = TestDaemon.start(KEYS)) {
      assertThat(put(daemon, "en/x", "{\"phonemes\":[\"AA\",\"QQ\"]}", ALICE).json().at("/issues/0/path").asText()).isEqualTo("phonemes.1");
      assertThat(put(daemon, "en/x", "{\"phonemes\":[]}", ALICE).code()).isEqualTo("INVALID_BODY");
      assertThat(put(daemon, "en/%21%3F", "{\"phonemes\":[\"AA\"]}", ALICE).json().at("/issues/0/path").asText()).isEqualTo("word");
      assertThat(put(daemon, "tlh/x", "{\"phonemes\":[\"AA\"]}", ALICE).json().at("/issues/0/path").asText()).isEqualTo("language");
      assertThat(put(daemon, "en/" + "x".repeat(65), "{\"phonemes\":[\"AA\"]}", ALICE).code()).isEqualTo("INVALID_BODY");
      assertThat(put(daemon, "en", "{\"entries\":{\"x\":[\"HUH\"]}}", ALICE).json().at("/issues/0/path").asText()).isEqualTo("entries.x.0");
      assertThat(put(daemon, "en/x", "{\"phonemes\":[\"AA\"]}").code()).isEqualTo("UNAUTHORIZED");
      assertThat(daemon.get("/api/v1/dictionary", ALICE).json().path("entries")).isEmpty();
    }
  }

  @Test
  @Provokes(ErrorCode.DICTIONARY_FULL)
  void aDictionaryHasAnEnd() {
    try (TestDaemon daemon = TestDaemon.start()) {
      String entries = IntStream.range(0, Dictionaries.MAX_ENTRIES).mapToObj(i -> "\"w" + i + "\":[\"AA\"]").collect(Collectors.joining(","));
      assertThat(put(daemon, "en", "{\"entries\":{" + entries + "}}").status()).isEqualTo(200);
      Reply full = put(daemon, "de/eins", "{\"phonemes\":[\"AA\"]}");
      ErrorProof.check(daemon, full, ErrorCode.DICTIONARY_FULL);
      assertThat(put(daemon, "en/w0", "{\"phonemes\":[\"IY\"]}").status()).as("a word that is there may change").isEqualTo(200);
    }
  }

  @Test
  void wordsOutliveTheDaemonAndAHalfWrittenFile(@TempDir Path folder) throws Exception {
    try (TestDaemon daemon = TestDaemon.startIn(folder, KEYS)) {
      put(daemon, "en/cantora", "{\"phonemes\":[\"Z\",\"IY1\"]}", ALICE);
    }
    Path file;
    try (var files = Files.list(folder.resolve("renders/.dictionaries"))) {
      file = files.findFirst().orElseThrow();
    }
    // what a kill in the middle of a change leaves behind
    Files.writeString(file.resolveSibling(file.getFileName() + ".new"), "{\"en\":{\"can");
    try (TestDaemon daemon = TestDaemon.startIn(folder, KEYS)) {
      assertThat(sung(daemon, "cantora", "en", ALICE)).containsExactly("Z", "IY");
      assertThat(put(daemon, "en/next", "{\"phonemes\":[\"M\",\"AA\"]}", ALICE).status()).isEqualTo(200);
      assertThat(daemon.get("/api/v1/renders", ALICE).json().path("renders")).as("no render").isEmpty();
    }
    try (TestDaemon daemon = TestDaemon.startIn(folder, KEYS)) {
      assertThat(daemon.get("/api/v1/dictionary", ALICE).json().path("entries").findValuesAsText("word")).containsExactly("cantora", "next");
      assertThat(daemon.get("/api/v1/dictionary", BOB).json().path("entries")).isEmpty();
    }
    Files.writeString(file, "{");
    try (TestDaemon daemon = TestDaemon.startIn(folder, KEYS)) {
      assertThat(daemon.get("/api/v1/dictionary", ALICE).code()).isEqualTo("READ_ERROR");
      assertThat(sung(daemon, "hello", "en", BOB)).isNotEmpty();
    }
  }
}
