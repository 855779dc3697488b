package dev.cantora.daemon.lyrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.api.LyricsService;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.telemetry.Tracing;
import dev.cantora.engine.lyrics.PhonemizeResult;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Note;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Phonemizing without rendering. */
public final class LyricsRoutes extends LyricsService {
  private final Phonemizer phonemizer;
  private final Dictionaries dictionaries;

  public LyricsRoutes(Phonemizer phonemizer, Dictionaries dictionaries) {
    this.phonemizer = phonemizer;
    this.dictionaries = dictionaries;
  }

  @Override
  protected void phonemize(Exchange exchange) {
    JsonNode body = exchange.body();
    List<Note> notes = new ArrayList<>();
    for (JsonNode note : body.path("notes")) {
      String lyric = note.path("lyric").isTextual() ? note.path("lyric").asText() : null;
      notes.add(new Note(note.path("id").asText(), note.path("startSec").asDouble(), note.path("durationSec").asDouble(),
          note.path("midi").asDouble(), 1.0, null, null, 0, 0, null, lyric));
    }
    String language = body.path("language").isTextual() ? body.path("language").asText() : null;
    PhonemizeResult result;
    try (Tracing.Step step = exchange.trace().step("phonemize")) {
      result = phonemizer.align(body.path("text").asText(), language, notes,
          dictionaries.words(exchange.principal().id(), phonemizer.language(language)));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("events", result.events().stream().map(WirePhonemes::of).toList());
    answer.put("warnings", result.warnings());
    exchange.json(answer);
  }
}
