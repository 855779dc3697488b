package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.json.Json;
import dev.cantora.engine.interchange.ExportFormat;
import dev.cantora.engine.interchange.ScoreExport;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Score;

/** Sends scores as other programs' files. */
public final class ScoreExports {
  private final Phonemizer phonemizer;
  private final Dictionaries dictionaries;

  public ScoreExports(Phonemizer phonemizer, Dictionaries dictionaries) {
    this.phonemizer = phonemizer;
    this.dictionaries = dictionaries;
  }

  /** @param tree a valid score */
  public void send(Exchange exchange, JsonNode tree, ExportFormat format) {
    dev.cantora.api.model.Score wire = Json.bind(tree, dev.cantora.api.model.Score.class);
    ScoreMapping.requireSupported(wire.formatVersion());
    Score score = ScoreMapping.score(wire);
    String language = phonemizer.language(score.lyrics() == null ? null : score.lyrics().language());
    byte[] file = new ScoreExport(phonemizer).write(format, score, dictionaries.words(exchange.principal().id(), language));
    exchange.setHeader("Content-Disposition", "attachment; filename=\"score." + format.extension() + "\"");
    exchange.bytes(200, format.mediaType() + (format.mediaType().startsWith("text/") ? "; charset=utf-8" : ""), file);
  }
}
