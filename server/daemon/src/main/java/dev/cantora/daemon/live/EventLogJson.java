package dev.cantora.daemon.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.daemon.json.Json;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice.Controller;
import dev.cantora.engine.score.Vibrato;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Logs of chains as JSON and back, without loss: numbers are written so that they read back to the same bits. */
final class EventLogJson {
  private EventLogJson() {}

  /** The entries that existing readers of live takes know: notes, with their wall-clock time. */
  static ArrayNode notes(List<LoggedEvent> log) {
    ArrayNode entries = Json.object().arrayNode();
    for (LoggedEvent logged : log) {
      if (logged.event() instanceof ChainEvent.NoteOn || logged.event() instanceof ChainEvent.NoteOff) {
        ObjectNode entry = Json.object().put("t", logged.epochMs());
        entry.setAll(event(logged.event()));
        entries.add(entry);
      }
    }
    return entries;
  }

  /** Everything, in the order in which it was applied. */
  static ArrayNode all(List<LoggedEvent> log) {
    ArrayNode entries = Json.object().arrayNode();
    for (LoggedEvent logged : log) {
      ObjectNode entry = Json.object().put("applied", logged.appliedAtSample());
      entry.setAll(event(logged.event()));
      entries.add(entry);
    }
    return entries;
  }

  /** @param library where presets of the log come from */
  static List<LoggedEvent> read(JsonNode entries, Instrument.Library library) {
    List<LoggedEvent> log = new ArrayList<>();
    for (JsonNode entry : entries) {
      log.add(new LoggedEvent(entry.get("applied").asLong(), 0, event(entry, library)));
    }
    return log;
  }

  private static ObjectNode event(ChainEvent event) {
    return switch (event) {
      case ChainEvent.NoteOn(LiveNote note, long at) -> note(note).put("atSample", at);
      case ChainEvent.NoteOff(String noteId, double releaseMs, long at) ->
          typed("note_off").put("noteId", noteId).put("releaseMs", releaseMs).put("atSample", at);
      case ChainEvent.Panic(long at) -> typed("panic").put("atSample", at);
      case ChainEvent.Morph(Map<String, Double> weights) -> {
        ObjectNode entry = typed("timbre_morph");
        ObjectNode members = entry.putObject("weights");
        weights.forEach(members::put);
        yield entry;
      }
      case ChainEvent.Control(Controller controller, double value) ->
          typed("control").put("controller", controller.name()).put("value", value);
      case ChainEvent.Polyphony(int voices) -> typed("max_polyphony").put("voices", voices);
      case ChainEvent.DefaultTimbre(String timbre) -> typed("default_timbre").put("timbre", timbre);
      case ChainEvent.Seed(int seed) -> typed("rng_seed").put("seed", seed);
      case ChainEvent.Limiter(boolean on) -> typed("limiter").put("on", on);
      case ChainEvent.Preset(Instrument instrument) ->
          typed("preset").put("presetId", instrument.presetId()).put("contentHash", instrument.contentHash());
    };
  }

  private static ObjectNode note(LiveNote note) {
    ObjectNode entry = typed("note_on").put("noteId", note.noteId()).put("midi", note.midi())
        .put("velocity", note.velocity());
    if (note.timbre() != null) {
      entry.put("timbre", note.timbre());
    }
    if (note.breathiness() != null) {
      entry.put("breathiness", note.breathiness());
    }
    if (note.vibrato() != null) {
      entry.putObject("vibrato").put("rateHz", note.vibrato().rateHz()).put("depthCents", note.vibrato().depthCents())
          .put("onsetSec", note.vibrato().onsetSec());
    }
    if (note.portamentoSec() != 0) {
      entry.put("portamentoSec", note.portamentoSec());
    }
    if (!note.phonemes().isEmpty()) {
      ArrayNode phonemes = entry.putArray("phonemes");
      note.phonemes().forEach(phonemes::add);
    }
    return entry;
  }

  private static ChainEvent event(JsonNode entry, Instrument.Library library) {
    return switch (entry.get("type").asText()) {
      case "note_on" -> new ChainEvent.NoteOn(note(entry), entry.get("atSample").asLong());
      case "note_off" -> new ChainEvent.NoteOff(entry.get("noteId").asText(), entry.get("releaseMs").asDouble(),
          entry.get("atSample").asLong());
      case "panic" -> new ChainEvent.Panic(entry.get("atSample").asLong());
      case "timbre_morph" -> {
        Map<String, Double> weights = new LinkedHashMap<>();
        entry.get("weights").properties().forEach(each -> weights.put(each.getKey(), each.getValue().asDouble()));
        yield new ChainEvent.Morph(weights);
      }
      case "control" -> new ChainEvent.Control(Controller.valueOf(entry.get("controller").asText()),
          entry.get("value").asDouble());
      case "max_polyphony" -> new ChainEvent.Polyphony(entry.get("voices").asInt());
      case "default_timbre" -> new ChainEvent.DefaultTimbre(entry.get("timbre").asText());
      case "rng_seed" -> new ChainEvent.Seed(entry.get("seed").asInt());
      case "limiter" -> new ChainEvent.Limiter(entry.get("on").asBoolean());
      case "preset" -> new ChainEvent.Preset(library.load(entry.get("presetId").asText()));
      default -> throw new IllegalArgumentException("unknown event " + entry.get("type"));
    };
  }

  private static LiveNote note(JsonNode entry) {
    JsonNode vibrato = entry.get("vibrato");
    List<String> phonemes = new ArrayList<>();
    entry.path("phonemes").forEach(symbol -> phonemes.add(symbol.asText()));
    return new LiveNote(entry.get("noteId").asText(), entry.get("midi").asDouble(), entry.get("velocity").asDouble(),
        entry.hasNonNull("timbre") ? entry.get("timbre").asText() : null,
        entry.hasNonNull("breathiness") ? entry.get("breathiness").asDouble() : null,
        vibrato == null ? null : new Vibrato(vibrato.get("rateHz").asDouble(), vibrato.get("depthCents").asDouble(),
            vibrato.get("onsetSec").asDouble()),
        entry.path("portamentoSec").asDouble(0), phonemes);
  }

  private static ObjectNode typed(String type) {
    return Json.object().put("type", type);
  }
}
