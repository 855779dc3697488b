package dev.cantora.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.engine.interchange.ScoreJson;
import dev.cantora.engine.lyrics.PhonemizeResult;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.lyrics.PronouncedWord;
import dev.cantora.engine.lyrics.WordsResult;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Syllable;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "phonemize", description = "Words to phonemes; with a score, in time.")
final class PhonemizeCommand extends ToolCommand {
  @ArgGroup
  private Words words;

  @Option(names = "--language", paramLabel = "L", description = "BCP 47 tag, default en")
  private String language;

  @Option(names = "--score", paramLabel = "S", description = "score to time the words on")
  private Path scoreFile;

  private static final class Words {
    @Option(names = "--text", paramLabel = "T", description = "the words")
    private String text;

    @Option(names = "--lyrics-file", paramLabel = "F", description = "a file of words, UTF-8")
    private Path file;
  }

  @Override
  public Integer call() throws IOException {
    String text = words == null ? null : words.text != null ? words.text : Files.readString(words.file);
    if (scoreFile != null) {
      score(text);
    } else if (text != null) {
      text(text);
    } else {
      spec.commandLine().getErr().println("[phonemize] error (INVALID_BODY): give --text, --lyrics-file or --score");
      return 2;
    }
    return 0;
  }

  private void text(String text) throws IOException {
    WordsResult result = new Phonemizer().words(text, language, Map.of());
    ObjectNode answer = answer().put("mode", "text").put("language", language == null ? "en" : language);
    ArrayNode list = answer.putArray("words");
    for (PronouncedWord word : result.words()) {
      ObjectNode w = list.addObject().put("word", word.word()).put("source", word.source().wireName());
      symbols(w.putArray("phonemes"), word.phones());
      ArrayNode syllables = w.putArray("syllables");
      for (Syllable s : word.syllables()) {
        ObjectNode n = syllables.addObject();
        symbols(n.putArray("onset"), s.onset());
        n.put("nucleus", s.nucleus().name());
        symbols(n.putArray("coda"), s.coda());
        n.put("stress", s.stress());
      }
    }
    result.warnings().forEach(answer.putArray("warnings")::add);
    warn(result.warnings());
    print(answer, result.words().stream().map(w -> w.word() + "\t"
        + w.phones().stream().map(Enum::name).collect(Collectors.joining(" ")) + "\t" + w.source().wireName()).toList());
  }

  private void score(String text) throws IOException {
    Score read = ScoreJson.read(Files.readAllBytes(scoreFile));
    Lyrics lyrics = text != null ? new Lyrics(text, language) : read.lyrics() == null || language == null ? read.lyrics()
        : new Lyrics(read.lyrics().text(), language);
    var score = new Score(read.bpm(), read.notes(), lyrics, null, read.lanes(), read.dictionary());
    PhonemizeResult result = new Phonemizer().align(score, Map.of());
    ObjectNode answer = answer().put("mode", "score")
        .put("language", lyrics == null || lyrics.language() == null ? "en" : lyrics.language());
    answer.set("phonemes", ScoreJson.write(result.events()));
    result.warnings().forEach(answer.putArray("warnings")::add);
    warn(result.warnings());
    print(answer, result.events().stream()
        .map(e -> "%.3f\t%.3f\t%s".formatted(e.tSec(), e.durSec(), e.phoneme())).toList());
  }

  private static void symbols(ArrayNode array, List<Phone> phones) {
    phones.forEach(p -> array.add(p.name()));
  }
}
