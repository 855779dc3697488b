package dev.cantora.daemon.lyrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.testing.TestDaemon;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written and how it is sung, over HTTP. */
class WordTableHttpTest {
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start();
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  /** Twelve notes of a second, the first ones with these lyrics. */
  private static JsonNode phonemize(String text, String language, String... lyrics) {
    String notes = IntStream.range(0, 12).mapToObj(i -> "{\"id\":\"n" + i + "\",\"startSec\":" + (i + 1) + ",\"durationSec\":1,\"midi\":60"
        + (i < lyrics.length ? ",\"lyric\":\"" + lyrics[i] + "\"" : "") + "}").collect(Collectors.joining(","));
    return daemon.post("/api/v1/phonemize", "{\"text\":\"" + text + "\",\"language\":\"" + language + "\",\"notes\":[" + notes + "]}").json();
  }

  private static String phonemes(JsonNode answer) {
    List<String> sung = new ArrayList<>();
    answer.path("events").forEach(event -> sung.add(event.path("phoneme").asText()));
    return String.join(" ", sung);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "en | 1999 | N AY N T IY N N AY N T IY N AY N",
      "en | 21st | T W EH N T IY F ER S T",
      "en | $5 | F AY V D AA L ER Z",
      "en | Dr. Who | D AA K T ER HH UW",
      "en | don’t | D OW N T",
      "en | don't | D OW N T",
      "en | ﬁre | F AY R",
      "en | ＬＡ | L AA",
      "en | [hh eh l ow] | HH EH L OW",
      "en | live[l ay v] | L AY V",
      "en | the wind | DH AH W IH N D",
      "en | hmm | HH EM",
      "es | niño | N IY N Y AO",
      "de | schön | SH ER N",
      "it | bella | B EH L L AA",
      "la | gloria | G L AO DX IY AA",
      "ja | さくら | S AA K UW DX AA",
      "ja | sakura | S AA K UW DX AA"})
  void whatIsWrittenIsSung(String language, String text, String expected) {
    JsonNode answer = phonemize(text, language);
    assertThat(phonemes(answer).replace(" AH ", " ").replace(" AX ", " ")).as("%s", answer)
        .isEqualTo(expected.replace(" AH ", " ").replace(" AX ", " "));
  }

  @Test
  void anUnknownLanguageIsSaid() {
    JsonNode answer = phonemize("hello", "tlh");
    assertThat(phonemes(answer)).startsWith("HH");
    assertThat(answer.path("warnings").toString()).contains("tlh").contains("not supported");
    assertThat(phonemize("hello", "en-AU").path("warnings")).isEmpty();
  }

  @Test
  void aSyllableIsCarriedOverNotesAndNotesHaveWordsOfTheirOwn() {
    JsonNode held = phonemize("sun - day", "en");
    assertThat(held.path("events").findValuesAsText("noteId")).startsWith("n0", "n0", "n1", "n1");
    JsonNode own = phonemize("la", "en", "hello", "+", "-");
    List<String> ids = own.path("events").findValuesAsText("noteId");
    assertThat(phonemes(own)).startsWith("HH").endsWith("L AA");
    assertThat(ids).contains("n0", "n1", "n2").endsWith("n3");
  }
}
