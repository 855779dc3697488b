package dev.cantora.cli;

import dev.cantora.engine.interchange.LabelWriter;
import dev.cantora.engine.interchange.ScoreJson;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "export-labels", description = "Timed phonemes of a score as an Audacity or HTK label file.")
final class ExportLabelsCommand extends ToolCommand {
  enum Kind { audacity, htk }

  @Parameters(index = "0", paramLabel = "SCORE")
  private Path scoreFile;

  @Parameters(index = "1", paramLabel = "OUT")
  private Path out;

  @Option(names = "--as", defaultValue = "audacity", description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}")
  private Kind kind;

  @Override
  public Integer call() throws IOException {
    Score score = new Phonemizer().withPhonemes(ScoreJson.read(Files.readAllBytes(scoreFile)));
    if (score.phonemes() == null) {
      score = new Score(score.bpm(), score.notes(), null, List.of(), score.lanes(), null);
    }
    Files.writeString(out, kind == Kind.htk ? LabelWriter.htk(score) : LabelWriter.audacity(score));
    print(answer().put("out", out.toString()).put("labels", score.phonemes().size()),
        List.of(out + ": " + score.phonemes().size() + " labels"));
    return 0;
  }
}
