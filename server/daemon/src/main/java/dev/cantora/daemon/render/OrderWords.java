package dev.cantora.daemon.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.lyrics.WirePhonemes;
import dev.cantora.engine.lyrics.PhonemizeResult;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Words of an order's score to phonemes, with the pronunciations of whoever ordered it. */
final class OrderWords {
  private final Phonemizer phonemizer;
  private final Dictionaries dictionaries;

  OrderWords(Phonemizer phonemizer, Dictionaries dictionaries) {
    this.phonemizer = phonemizer;
    this.dictionaries = dictionaries;
  }

  /** A score with its words as phonemes, and what could not be said. */
  record Sung(Score score, List<String> warnings) {}

  /** SHA-256 over all that makes the bytes of an order but for the engine: score, settings, voice, own pronunciations. */
  String fingerprint(RenderOrder order, String commit) {
    Score score = order.score();
    String language = phonemizer.language(score.lyrics() == null ? null : score.lyrics().language());
    ObjectNode all = Json.object().put("commit", commit).put("voice", order.voice().contentHash());
    all.set("score", order.scoreTree());
    all.set("config", Json.tree(order.fullConfig()));
    all.set("words", Json.tree(new TreeMap<>(dictionaries.words(order.owner().id(), language))));
    return Sha256.hex(Json.bytes(all));
  }

  /** Phonemes that came with the score stay as they are. */
  Sung sing(RenderOrder order) {
    Score score = order.score();
    boolean words = score.lyrics() != null || score.notes().stream().anyMatch(note -> note.lyric() != null);
    if (score.phonemes() != null || !words) {
      return new Sung(score, List.of());
    }
    String language = phonemizer.language(score.lyrics() == null ? null : score.lyrics().language());
    PhonemizeResult result = phonemizer.align(score, dictionaries.words(order.owner().id(), language));
    return new Sung(new Score(score.bpm(), score.notes(), score.lyrics(), result.events(), score.lanes(), score.dictionary()),
        result.warnings());
  }

  /** A score in JSON with these phonemes, to be written and not to be changed: it shares all else with the score. */
  static ObjectNode withPhonemes(ObjectNode score, List<TimedPhoneme> phonemes) {
    ObjectNode tree = Json.object();
    tree.setAll(score);
    tree.putPOJO("phonemes", new Written(phonemes));
    return tree;
  }

  /** Phonemes that become JSON one by one when they are written: as a tree, those of a long score would take 25 MB. */
  private static final class Written extends JsonSerializable.Base {
    private final List<TimedPhoneme> phonemes;

    Written(List<TimedPhoneme> phonemes) {
      this.phonemes = phonemes;
    }

    @Override
    public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
      out.writeStartArray();
      for (TimedPhoneme phoneme : phonemes) {
        provider.defaultSerializeValue(Json.tree(WirePhonemes.of(phoneme)), out);
      }
      out.writeEndArray();
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializerProvider provider, TypeSerializer type) throws IOException {
      serialize(out, provider);
    }
  }
}
