package dev.cantora.daemon.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.Issue;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.lyrics.WirePhonemes;
import dev.cantora.daemon.presets.PresetCatalogue;
import dev.cantora.daemon.render.InlineRenders;
import dev.cantora.daemon.render.ScoreMapping;
import dev.cantora.engine.lyrics.PhonemizeResult;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.lyrics.PronouncedWord;
import dev.cantora.engine.lyrics.WordsResult;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tools of the contract: render, phonemize, list, validate, inspect. */
public final class SingingTools {
  private static final int MAX_TEXT = 5000;
  private static final String PRESET_ID = "[A-Za-z0-9_-]{1,64}";

  private final InlineRenders renders;
  private final Phonemizer phonemizer;
  private final Dictionaries dictionaries;
  private final PresetCatalogue presets;
  private final Schemas schemas;

  public SingingTools(InlineRenders renders, Phonemizer phonemizer, Dictionaries dictionaries, PresetCatalogue presets, Schemas schemas) {
    this.renders = renders;
    this.phonemizer = phonemizer;
    this.dictionaries = dictionaries;
    this.presets = presets;
    this.schemas = schemas;
  }

  public List<McpTool> all() {
    return List.of(
        new McpTool("render_score", "Sing a score. Answers telemetry, provenance and the WAV file in base64; the render is also the caller's last one.",
            """
            {"type":"object","required":["score"],"properties":{"score":{"type":"object","description":"bpm, notes[{id,startSec,durationSec,midi,...}], lyrics{text,language}"},
            "preset_id":{"type":"string","default":"default-voice"},"deterministic":{"type":"string","enum":["exact","fast"],"default":"exact"},
            "rng_seed":{"type":"integer","default":123456789}}}""", "RENDER_FAILED", this::renderScore),
        new McpTool("phonemize_text", "Turn words into phonemes: word by word, or timed on notes where notes are given.",
            """
            {"type":"object","required":["text"],"properties":{"text":{"type":"string","minLength":1,"maxLength":5000},
            "language":{"type":"string","minLength":2,"maxLength":16},"notes":{"type":"array","items":{"type":"object"}}}}""",
            "PHONEMIZE_FAILED", this::phonemizeText),
        new McpTool("list_presets", "All voices of the daemon.", "{\"type\":\"object\",\"properties\":{}}", "LIST_PRESETS_FAILED", this::listPresets),
        new McpTool("validate_score", "Check a score without rendering it.",
            "{\"type\":\"object\",\"required\":[\"score\"],\"properties\":{\"score\":{\"type\":\"object\"}}}", "INVALID_SCORE", this::validateScore),
        new McpTool("inspect_preset", "What a voice is made of.",
            "{\"type\":\"object\",\"required\":[\"preset_id\"],\"properties\":{\"preset_id\":{\"type\":\"string\"}}}", "INSPECT_FAILED", this::inspectPreset));
  }

  private Map<String, Object> renderScore(JsonNode arguments, Exchange exchange) throws Exception {
    String preset = arguments.path("preset_id").asText("default-voice");
    ObjectNode body = Json.object();
    body.set("score", arguments.path("score").isMissingNode() ? Json.object() : arguments.path("score"));
    ObjectNode config = body.putObject("config").put("presetId", preset);
    config.set("deterministic", arguments.path("deterministic").isMissingNode() ? Json.tree("exact") : arguments.path("deterministic"));
    config.set("rngSeed", arguments.path("rng_seed").isMissingNode() ? Json.tree(123456789) : arguments.path("rng_seed"));
    schemas.require("RenderRequest", body);
    InlineRenders.Rendered rendered = renders.render(body, exchange);
    Map<String, Object> answer = ok("preset_id", preset);
    answer.put("duration_sec", rendered.outcome().durationSec());
    answer.put("telemetry", rendered.outcome().telemetry());
    answer.put("provenance", rendered.outcome().provenance());
    answer.put("wav_base64", Base64.getEncoder().encodeToString(rendered.wav()));
    return answer;
  }

  private Map<String, Object> phonemizeText(JsonNode arguments, Exchange exchange) {
    String text = arguments.path("text").asText();
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw Schemas.invalidBody(List.of(new Issue("text", "must have 1 to " + MAX_TEXT + " characters", "length")));
    }
    String language = arguments.path("language").isTextual() ? arguments.path("language").asText() : null;
    Map<String, List<String>> own = dictionaries.words(exchange.principal().id(), phonemizer.language(language));
    if (arguments.path("notes").isArray() && !arguments.path("notes").isEmpty()) {
      ObjectNode request = Json.object().put("text", text);
      request.set("notes", arguments.get("notes"));
      schemas.require("PhonemizeRequest", request);
      List<Note> notes = new ArrayList<>();
      for (JsonNode note : arguments.get("notes")) {
        notes.add(new Note(note.path("id").asText(), note.path("startSec").asDouble(), note.path("durationSec").asDouble(),
            note.path("midi").asDouble(), 1.0, null, null, 0, 0, null, note.path("lyric").isTextual() ? note.path("lyric").asText() : null));
      }
      PhonemizeResult result = phonemizer.align(text, language, notes, own);
      Map<String, Object> answer = ok("mode", "aligned");
      answer.put("language", phonemizer.language(language));
      answer.put("events", result.events().stream().map(WirePhonemes::of).toList());
      answer.put("warnings", result.warnings());
      return answer;
    }
    WordsResult result = phonemizer.words(text, language, own);
    Map<String, Object> answer = ok("mode", "word");
    answer.put("language", phonemizer.language(language));
    answer.put("words", result.words().stream().map(SingingTools::word).toList());
    answer.put("warnings", result.warnings());
    return answer;
  }

  private static Map<String, Object> word(PronouncedWord word) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("word", word.word());
    told.put("source", word.source().name().toLowerCase(java.util.Locale.ROOT));
    told.put("phonemes", names(word.phones()));
    told.put("syllables", word.syllables().stream().map(s -> {
      Map<String, Object> syllable = new LinkedHashMap<>();
      syllable.put("onset", names(s.onset()));
      syllable.put("nucleus", s.nucleus().name());
      syllable.put("coda", names(s.coda()));
      return syllable;
    }).toList());
    return told;
  }

  private static List<String> names(List<Phone> phones) {
    return phones.stream().map(Phone::name).toList();
  }

  private Map<String, Object> listPresets(JsonNode arguments, Exchange exchange) {
    List<Map<String, Object>> all = presets.list();
    Map<String, Object> answer = ok("count", all.size());
    answer.put("presets", all);
    return answer;
  }

  private Map<String, Object> validateScore(JsonNode arguments, Exchange exchange) {
    JsonNode tree = arguments.path("score");
    schemas.require("Score", tree.isMissingNode() ? Json.object() : tree);
    dev.cantora.api.model.Score wire = Json.bind(tree, dev.cantora.api.model.Score.class);
    ScoreMapping.requireSupported(wire.formatVersion());
    Score score = ScoreMapping.score(wire);
    Map<String, Object> answer = ok("formatVersion", wire.formatVersionOrDefault());
    answer.put("noteCount", score.notes().size());
    answer.put("durationSec", score.endSec());
    return answer;
  }

  private Map<String, Object> inspectPreset(JsonNode arguments, Exchange exchange) {
    String id = arguments.path("preset_id").asText();
    if (!id.matches(PRESET_ID)) {
      throw new ApiException(ErrorCode.INVALID_PRESET_ID);
    }
    Map<String, Object> answer = ok("preset_id", id);
    answer.putAll(presets.inspect(id));
    return answer;
  }

  private static Map<String, Object> ok(String name, Object value) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put(name, value);
    return answer;
  }
}
