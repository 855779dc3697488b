package dev.cantora.daemon.interchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.ImportTrack;
import dev.cantora.daemon.api.ScoresService;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.http.Negotiation;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.render.ScoreExports;
import dev.cantora.engine.interchange.ExportFormat;
import dev.cantora.engine.interchange.ImportedFile;
import dev.cantora.engine.interchange.MidiOptions;
import dev.cantora.engine.interchange.ScoreFiles;
import dev.cantora.engine.interchange.ScoreFormat;
import dev.cantora.engine.interchange.ScoreJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Import and export of scores that are not stored. */
public final class ScoresRoutes extends ScoresService {
  private static final List<String> TYPES = Arrays.stream(ExportFormat.values()).map(ExportFormat::mediaType).toList();

  private final ScoreExports exports;

  public ScoresRoutes(ScoreExports exports) {
    this.exports = exports;
  }

  @Override
  protected void importScore(Exchange exchange) {
    MidiOptions options = options(exchange);
    ScoreFormat format = Negotiation.format(exchange, ScoreFormat::named).orElseGet(() -> stated(exchange));
    ImportedFile read = ScoreFiles.read(exchange.file(), format, options);
    ObjectNode score = ScoreJson.write(read.score());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("format", read.format().formatName());
    if (!read.head().title().isEmpty()) {
      answer.put("title", read.head().title());
    }
    read.head().metre().ifPresent(metre -> answer.put("timeSignature", Json.tree(metre)));
    answer.put("score", score);
    answer.put("tracks", read.tracks().stream().map(track -> new ImportTrack(track.index(), track.name(), track.notes())).toList());
    answer.put("warnings", read.warnings());
    exchange.json(answer);
  }

  @Override
  protected void exportScore(Exchange exchange) {
    ExportFormat format = Negotiation.format(exchange, ExportFormat::named)
        .orElseGet(() -> ExportFormat.ofMediaType(Negotiation.accepted(exchange, TYPES)).orElseThrow());
    exports.send(exchange, exchange.body(), format);
  }

  /** The format of a content type that means one; null for those that mean nothing. */
  private static ScoreFormat stated(Exchange exchange) {
    String type = exchange.header("Content-Type").orElse("").split(";")[0].strip().toLowerCase(Locale.ROOT);
    return ScoreFormat.ofMediaType(type).orElse(null);
  }

  private static MidiOptions options(Exchange exchange) {
    Integer track = exchange.query("track").map(text -> {
      require(text.matches("\\d{1,4}"), "track", "must be a whole number from 0");
      return Integer.valueOf(text);
    }).orElse(null);
    Double bpm = exchange.query("bpm").map(text -> number(text, 20, 400, "bpm")).orElse(null);
    double velocity = exchange.query("velocity").map(text -> number(text, 0, 1, "velocity")).orElse(1.0);
    String timbre = exchange.query("timbre").orElse(null);
    require(timbre == null || !timbre.isEmpty() && timbre.length() <= 64, "timbre", "must have 1 to 64 characters");
    return new MidiOptions(bpm, track, timbre, velocity);
  }

  private static Double number(String text, double min, double max, String parameter) {
    require(text.matches("\\d{1,4}(\\.\\d{1,9})?"), parameter, "must be a number from " + min + " to " + max);
    double value = Double.parseDouble(text);
    require(value >= min && value <= max, parameter, "must be a number from " + min + " to " + max);
    return value;
  }

  private static void require(boolean holds, String parameter, String problem) {
    if (!holds) {
      throw ApiException.builder(ErrorCode.INVALID_QUERY).detail("parameter", parameter).detail("problem", problem).build();
    }
  }
}
