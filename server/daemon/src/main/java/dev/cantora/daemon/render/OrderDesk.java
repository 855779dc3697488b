package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.RenderConfig;
import dev.cantora.daemon.bank.Charge;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.Issue;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.presets.PresetCatalogue;
import dev.cantora.daemon.security.Principal;
import dev.cantora.engine.performance.Performance;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.voice.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Turns a valid body into an order, or says what the schema could not know is wrong with it. */
final class OrderDesk {
  /** Telemetry, provenance and configuration, generously. */
  private static final long SMALL_DOCUMENT_BYTES = 4096;
  /** A phoneme in JSON, and how many a character of lyrics can become. */
  private static final long PHONEME_BYTES_PER_CHAR = 160;

  private final PresetCatalogue presets;
  private final double maxDurationSec;

  OrderDesk(PresetCatalogue presets, double maxDurationSec) {
    this.presets = presets;
    this.maxDurationSec = maxDurationSec;
  }

  /** @throws ApiException UNSUPPORTED_SCORE_VERSION, RENDER_TOO_LONG, INVALID_BODY; what loading the voice throws */
  RenderOrder take(JsonNode body, boolean keep, Principal owner) {
    return take(body, keep, owner, presets::voice);
  }

  /** An order that another daemon took, with exactly the voice that it had. @throws ApiException as {@link #take}, PRESET_NOT_FOUND */
  RenderOrder takeAgain(JsonNode body, String voiceHash, boolean keep, Principal owner) {
    return take(body, keep, owner, id -> presets.voice(id, voiceHash));
  }

  /** Lets other daemons make it with this one's voice. */
  void offerVoice(RenderOrder order) {
    presets.offer(order.voice());
  }

  private RenderOrder take(JsonNode body, boolean keep, Principal owner, Function<String, Voice> voices) {
    ObjectNode tree = (ObjectNode) body.get("score");
    dev.cantora.api.model.Score wire = Json.bind(tree, dev.cantora.api.model.Score.class);
    ScoreMapping.requireSupported(wire.formatVersion());
    Score score = ScoreMapping.score(wire);
    RenderConfig config = Json.bind(body.get("config"), RenderConfig.class);
    double endSec = score.endSec();
    if (endSec > maxDurationSec) {
      throw ApiException.builder(ErrorCode.RENDER_TOO_LONG)
          .detail("scoreDurationSec", endSec).detail("maxRenderDurationSec", maxDurationSec).build();
    }
    Voice voice = voices.apply(config.presetIdOrDefault());
    requireTimbres(score, config, voice);
    String name = body.path("name").isTextual() ? body.path("name").asText().strip() : null;
    Performance performance = wire.plan() == null ? null : new PlanMapping(voice.timbres()).performance(wire.plan());
    RenderOrder order = new RenderOrder(tree, score, performance, config, voice, owner, keep, name, 0);
    if (performance != null && performance.sampleRateHz() != order.sampleRateHz()) {
      throw Schemas.invalidBody(List.of(new Issue("score.plan.sampleRateHz", "must be the rate of the render, "
          + order.sampleRateHz(), "plan")));
    }
    return order.priced(estimate(order));
  }

  /** For audio that is sent before its peak is known. @throws ApiException INVALID_BODY, and as {@link #take} */
  RenderOrder takeUnscaled(JsonNode body, Principal owner) {
    RenderOrder order = take(body, false, owner);
    if (order.config().normalize() == RenderConfig.Normalize.PEAK) {
      throw Schemas.invalidBody(List.of(new Issue("config.normalize", "must be none: the peak is known only at the end", "enum")));
    }
    return order.unscaled();
  }

  private static void requireTimbres(Score score, RenderConfig config, Voice voice) {
    List<Issue> issues = new ArrayList<>();
    String known = "must be one of " + String.join(", ", voice.timbres());
    if (config.defaultTimbre() != null && !voice.timbres().contains(config.defaultTimbre())) {
      issues.add(new Issue("config.defaultTimbre", known, "unknown_timbre"));
    }
    List<Note> notes = score.notes();
    for (int i = 0; i < notes.size() && issues.size() < 50; i++) {
      if (notes.get(i).timbre() != null && !voice.timbres().contains(notes.get(i).timbre())) {
        issues.add(new Issue("score.notes." + i + ".timbre", known, "unknown_timbre"));
      }
    }
    if (!issues.isEmpty()) {
      ApiException invalid = Schemas.invalidBody(issues);
      throw ApiException.builder(ErrorCode.INVALID_BODY).topLevel("issues", issues).hint(invalid.hint())
          .detail("timbres", voice.timbres()).build();
    }
  }

  private static long estimate(RenderOrder order) {
    long wav = order.wav().fileBytes(order.frames());
    long words = order.score().phonemes() != null || order.score().lyrics() == null ? 0 : order.score().lyrics().text().length();
    return Charge.bytes(wav, Json.bytes(order.scoreTree()).length + words * PHONEME_BYTES_PER_CHAR + SMALL_DOCUMENT_BYTES);
  }
}
