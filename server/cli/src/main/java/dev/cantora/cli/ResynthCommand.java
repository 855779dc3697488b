package dev.cantora.cli;

import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resynth", description = "One steady tone of a preset.")
final class ResynthCommand extends ToolCommand {
  @Parameters(index = "0", paramLabel = "PRESET")
  private Path preset;

  @Parameters(index = "1", paramLabel = "OUT")
  private Path out;

  @Parameters(index = "2", paramLabel = "F0", description = "Hz")
  private double f0Hz;

  @Parameters(index = "3", paramLabel = "SEC")
  private double seconds;

  @Parameters(index = "4", paramLabel = "TIMBRE", arity = "0..1")
  private String timbre;

  @Override
  public Integer call() throws IOException {
    double midi = 69 + 12 * Math.log(f0Hz / 440) / Math.log(2);
    var score = new Score(120, List.of(Note.of("tone", 0, seconds, midi)), null, null, null, null);
    var d = RenderConfig.DEFAULT;
    SungFile sung = SungFile.render(score, preset,
        new RenderConfig(d.blockSize(), d.rngSeed(), timbre, 1, 1, 0, d.tailSec()), out);
    print(answer().put("outWav", out.toString()).put("f0Hz", f0Hz).put("durationSec", sung.stats().durationSec()),
        List.of(out + ": " + f0Hz + " Hz"));
    return 0;
  }
}
