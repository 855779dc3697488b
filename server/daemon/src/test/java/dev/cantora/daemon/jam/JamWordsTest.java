package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Words in a band: in the language of their track unless they name another, played or as a score. */
class JamWordsTest {

  @Test
  void wordsAreSungInTheLanguageOfTheirTrack() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      String english = JamBand.addTrack(host, "");
      String german = JamBand.addTrack(host, ",\"lyricsLanguage\":\"de\"");
      String japanese = JamBand.addTrack(host, ",\"lyricsLanguage\":\"ja\",\"name\":\"Kana\"");
      JsonNode tracks = band.guest("Bea", id).await("session_joined").at("/snapshot/tracks");
      assertThat(tracks.get(0).has("lyricsLanguage")).isFalse();
      assertThat(tracks.get(1).get("lyricsLanguage").asText()).isEqualTo("de");

      host.send("{\"type\":\"record_start\"}");
      sing(host, english, "en", "");
      sing(host, german, "de", "");
      sing(host, german, "named", ",\"language\":\"en\"");
      sing(host, japanese, "ja", "");
      for (String track : List.of(english, german)) {
        host.send("{\"type\":\"track_set_score\",\"trackId\":\"" + track + "\",\"score\":{\"bpm\":120,\"lyrics\":{\"text\":\"was\"},"
            + "\"notes\":[{\"id\":\"s\",\"startSec\":2,\"durationSec\":0.1,\"midi\":60}]}}");
        host.await("score_status");
      }
      host.send("{\"type\":\"transport_seek\",\"positionSec\":1.9}");
      host.await(message -> message.path("type").asText().equals("transport_tick")
          && message.get("currentSec").asDouble() > 2.05, "the scores");
      host.send("{\"type\":\"record_stop\"}");
      host.send("{\"type\":\"record_export\"}");
      JsonNode events = band.daemon.get("/api/v1/renders/" + host.await("record_exported").get("renderId").asText() + "/score")
          .json().at("/eventTape/events");

      List<String> inEnglish = words(band, "en");
      List<String> inGerman = words(band, "de");
      assertThat(inEnglish).isNotEqualTo(inGerman).isNotEmpty();
      assertThat(phonemes(events, english, "en")).isEqualTo(inEnglish);
      assertThat(phonemes(events, german, "de")).isEqualTo(inGerman);
      assertThat(phonemes(events, german, "named")).isEqualTo(inEnglish);
      assertThat(phonemes(events, english, "score-0-s")).isEqualTo(inEnglish);
      assertThat(phonemes(events, german, "score-0-s")).isEqualTo(inGerman);
      assertThat(phonemes(events, japanese, "ja")).isEqualTo(words(band, "ja"));
    }
  }

  @Test
  void aScoreThatAsksForATimbreTheVoiceLacksIsRefusedAndTheBandPlaysOn() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.created(host);
      String track = JamBand.addTrack(host, "");
      host.send("{\"type\":\"transport_play\"}");
      for (String timbre : List.of("nobody", "AH")) {
        host.send("{\"type\":\"track_set_score\",\"trackId\":\"" + track + "\",\"score\":{\"bpm\":120,\"notes\":["
            + "{\"id\":\"a\",\"startSec\":0,\"durationSec\":9,\"midi\":60,\"timbre\":\"OO\"},"
            + "{\"id\":\"b\",\"startSec\":0,\"durationSec\":9,\"midi\":64,\"timbre\":\"" + timbre + "\"}]}}");
      }
      JsonNode refused = host.await("jam_error");
      assertThat(refused.get("code").asText()).isEqualTo("INVALID_MESSAGE");
      assertThat(refused.at("/issues/0/path").asText()).isEqualTo("score.notes.1.timbre");
      assertThat(refused.at("/issues/0/message").asText()).contains("AH", "OO");
      assertThat(host.await("score_status").get("noteCount").asInt()).isEqualTo(2);
      host.send("{\"type\":\"transport_seek\",\"positionSec\":0}");
      host.await(message -> message.path("type").asText().equals("jam_telemetry")
          && message.at("/tracks/0/voicesActive").asInt() == 2, "two sounding voices");
    }
  }

  private static void sing(LivePeer player, String track, String noteId, String members) {
    player.send("{\"type\":\"track_note_on\",\"trackId\":\"" + track + "\",\"noteId\":\"" + noteId
        + "\",\"midi\":60,\"velocity\":0.9,\"lyric\":\"was\"" + members + "}");
    player.await("track_note_ack");
  }

  private static List<String> words(JamBand band, String language) {
    JsonNode phonemes = band.daemon.post("/api/v1/phonemize", "{\"text\":\"was\",\"language\":\"" + language
        + "\",\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":60}]}").json().get("events");
    return phonemes.findValuesAsText("phoneme");
  }

  private static List<String> phonemes(JsonNode events, String track, String noteId) {
    for (JsonNode event : events) {
      if (event.get("event").asText().equals("note_on") && event.get("trackId").asText().equals(track)
          && event.at("/payload/noteId").asText().equals(noteId)) {
        List<String> symbols = new ArrayList<>();
        event.at("/payload/phonemes").forEach(symbol -> symbols.add(symbol.asText()));
        return symbols;
      }
    }
    throw new AssertionError("no " + noteId + " in " + events);
  }
}
