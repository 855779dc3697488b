package dev.cantora.engine.interchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.score.Curve;
import dev.cantora.engine.score.Expression;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import dev.cantora.engine.score.Vibrato;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scores as JSON files, with the loose bounds of the command line (contract section 5). */
public final class ScoreJson {
  public static final String VERSION = "1.0.0";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ScoreJson() {}

  /** @throws EngineException INVALID_BODY with the field's path, UNSUPPORTED_SCORE_VERSION */
  public static Score read(byte[] json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (IOException e) {
      throw new EngineException(Fault.INVALID_BODY, "the score is not JSON: "
          + (e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage()));
    }
    String version = root.path("formatVersion").asText(VERSION);
    if (!version.equals(VERSION)) {
      throw new EngineException(Fault.UNSUPPORTED_SCORE_VERSION, "score version " + version + " is not supported",
          "formatVersion", Map.of("scoreVersion", version, "supportedVersions", List.of(VERSION)));
    }
    if (!root.path("notes").isArray()) {
      throw new EngineException(Fault.INVALID_BODY, "notes is required", "notes", Map.of());
    }
    var notes = new ArrayList<Note>();
    for (JsonNode note : root.path("notes")) {
      notes.add(note(note, "notes." + notes.size()));
    }
    var dictionary = new HashMap<String, List<String>>();
    root.path("dictionary").properties().forEach(e -> dictionary.put(e.getKey(), strings(e.getValue())));
    JsonNode lyrics = root.path("lyrics");
    return new Score(number(root, "bpm", ""), notes,
        lyrics.isObject() ? new Lyrics(lyrics.path("text").asText(), text(lyrics, "language")) : null,
        root.has("phonemes") ? phonemes(root.path("phonemes")) : null, lanes(root.path("lanes")), dictionary);
  }

  private static Note note(JsonNode n, String path) {
    JsonNode v = n.path("vibrato");
    Vibrato vibrato = v.isObject() ? new Vibrato(number(v, "rateHz", path), number(v, "depthCents", path),
        number(v, "onsetSec", path)) : null;
    return new Note(n.path("id").asText(path), number(n, "startSec", path), number(n, "durationSec", path),
        number(n, "midi", path), n.path("velocity").asDouble(1), text(n, "timbre"), vibrato,
        n.path("portamentoSec").asDouble(0), n.path("pan").asDouble(0),
        n.path("breathiness").isNumber() ? n.path("breathiness").asDouble() : null, text(n, "lyric"),
        new Expression(glide(n.path("scoop"), path + ".scoop"), glide(n.path("fall"), path + ".fall"), optional(n, "tension"),
            optional(n, "formantShift"), optional(n, "growl"), optional(n, "fry"), optional(n, "whisper")));
  }

  private static Expression.Glide glide(JsonNode n, String path) {
    return n.isObject() ? new Expression.Glide(number(n, "cents", path), number(n, "durationSec", path)) : null;
  }

  private static Double optional(JsonNode n, String name) {
    return n.path(name).isNumber() ? n.path(name).asDouble() : null;
  }

  private static List<TimedPhoneme> phonemes(JsonNode array) {
    var out = new ArrayList<TimedPhoneme>();
    for (JsonNode p : array) {
      out.add(new TimedPhoneme(number(p, "tSec", "phonemes"), number(p, "durSec", "phonemes"),
          p.path("phoneme").asText(), p.path("kind").asText().equals("vowel"), text(p, "timbreHint"),
          p.path("strength").asDouble(1), text(p, "noteId")));
    }
    return out;
  }

  private static Lanes lanes(JsonNode n) {
    var morph = new HashMap<String, Curve>();
    n.path("timbreMorph").properties().forEach(e -> {
      if (!e.getValue().isEmpty()) {
        morph.put(e.getKey(), curve(e.getValue()));
      }
    });
    return new Lanes(curve(n.path("dynamics")), curve(n.path("breathiness")), curve(n.path("tension")),
        curve(n.path("pitchBend")), curve(n.path("formantShift")), curve(n.path("growl")), curve(n.path("fry")),
        curve(n.path("whisper")), morph);
  }

  private static Curve curve(JsonNode points) {
    if (!points.isArray() || points.isEmpty()) {
      return null;
    }
    var out = new ArrayList<Curve.Point>();
    points.forEach(p -> out.add(new Curve.Point(number(p, "tSec", "lanes"), number(p, "value", "lanes"))));
    return new Curve(out);
  }

  private static double number(JsonNode node, String name, String path) {
    JsonNode value = node.path(name);
    if (!value.isNumber()) {
      String field = path.isEmpty() ? name : path + "." + name;
      throw new EngineException(Fault.INVALID_BODY, field + " must be a number", field, Map.of());
    }
    return value.asDouble();
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).isTextual() ? node.path(name).asText() : null;
  }

  private static List<String> strings(JsonNode node) {
    if (node.isTextual()) {
      return List.of(node.asText());
    }
    var out = new ArrayList<String>();
    node.forEach(s -> out.add(s.asText()));
    return out;
  }

  /** Notes, words, phonemes and lanes; members at their defaults are left out. */
  public static ObjectNode write(Score score) {
    ObjectNode root = MAPPER.createObjectNode().put("formatVersion", VERSION).put("bpm", score.bpm());
    ArrayNode notes = root.putArray("notes");
    for (Note note : score.notes()) {
      ObjectNode n = notes.addObject().put("id", note.id()).put("startSec", note.startSec())
          .put("durationSec", note.durationSec());
      if (note.midi() == Math.rint(note.midi())) {
        n.put("midi", (int) note.midi());
      } else {
        n.put("midi", note.midi());
      }
      n.put("velocity", note.velocity());
      if (note.timbre() != null) {
        n.put("timbre", note.timbre());
      }
      if (note.vibrato() != null) {
        n.putObject("vibrato").put("rateHz", note.vibrato().rateHz()).put("depthCents", note.vibrato().depthCents())
            .put("onsetSec", note.vibrato().onsetSec());
      }
      if (note.portamentoSec() != 0) {
        n.put("portamentoSec", note.portamentoSec());
      }
      if (note.pan() != 0) {
        n.put("pan", note.pan());
      }
      putPresent(n, "breathiness", note.breathiness());
      if (note.lyric() != null) {
        n.put("lyric", note.lyric());
      }
      write(note.expression(), n);
    }
    if (score.lyrics() != null) {
      ObjectNode lyrics = root.putObject("lyrics").put("text", score.lyrics().text());
      if (score.lyrics().language() != null) {
        lyrics.put("language", score.lyrics().language());
      }
    }
    if (score.phonemes() != null) {
      root.set("phonemes", write(score.phonemes()));
    }
    ObjectNode lanes = write(score.lanes());
    if (!lanes.isEmpty()) {
      root.set("lanes", lanes);
    }
    return root;
  }

  private static void write(Expression expression, ObjectNode note) {
    putGlide(note, "scoop", expression.scoop());
    putGlide(note, "fall", expression.fall());
    putPresent(note, "tension", expression.tension());
    putPresent(note, "formantShift", expression.formantShift());
    putPresent(note, "growl", expression.growl());
    putPresent(note, "fry", expression.fry());
    putPresent(note, "whisper", expression.whisper());
  }

  private static void putGlide(ObjectNode note, String name, Expression.Glide glide) {
    if (glide != null) {
      note.putObject(name).put("cents", glide.cents()).put("durationSec", glide.durationSec());
    }
  }

  private static void putPresent(ObjectNode note, String name, Double value) {
    if (value != null) {
      note.put(name, value);
    }
  }

  private static ObjectNode write(Lanes lanes) {
    ObjectNode n = MAPPER.createObjectNode();
    put(n, "dynamics", lanes.dynamics());
    put(n, "breathiness", lanes.breathiness());
    put(n, "tension", lanes.tension());
    put(n, "pitchBend", lanes.pitchBend());
    put(n, "formantShift", lanes.formantShift());
    put(n, "growl", lanes.growl());
    put(n, "fry", lanes.fry());
    put(n, "whisper", lanes.whisper());
    if (!lanes.timbreMorph().isEmpty()) {
      ObjectNode morph = n.putObject("timbreMorph");
      lanes.timbreMorph().keySet().stream().sorted().forEach(timbre -> put(morph, timbre, lanes.timbreMorph().get(timbre)));
    }
    return n;
  }

  private static void put(ObjectNode lanes, String name, Curve curve) {
    if (curve != null) {
      ArrayNode points = lanes.putArray(name);
      curve.points().forEach(point -> points.addObject().put("tSec", point.tSec()).put("value", point.value()));
    }
  }

  /** Events as on the wire. */
  public static ArrayNode write(List<TimedPhoneme> phonemes) {
    ArrayNode array = MAPPER.createArrayNode();
    for (TimedPhoneme p : phonemes) {
      ObjectNode n = array.addObject().put("tSec", p.tSec()).put("durSec", p.durSec()).put("phoneme", p.phoneme())
          .put("kind", p.vowel() ? "vowel" : "consonant");
      if (p.vowel()) {
        n.put("timbreHint", p.timbreHint());
      } else {
        n.put("strength", p.strength());
      }
      if (p.noteId() != null) {
        n.put("noteId", p.noteId());
      }
    }
    return array;
  }
}
