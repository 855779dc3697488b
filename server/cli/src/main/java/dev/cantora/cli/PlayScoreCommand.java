package dev.cantora.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.RenderStats;
import dev.cantora.engine.interchange.ScoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "play-score", description = "Renders a score file with a preset; lyrics are not turned into phonemes.")
final class PlayScoreCommand extends ToolCommand {
  private static final double TAIL_SEC = 0.2;

  @Parameters(index = "0", paramLabel = "PRESET", description = "preset folder, its voicepreset.json, or id of a voice in PRESET_DIR")
  private Path preset;

  @Parameters(index = "1", paramLabel = "SCORE")
  private Path scoreFile;

  @Parameters(index = "2", paramLabel = "OUT", description = "WAV to write")
  private Path out;

  @Override
  public Integer call() throws IOException {
    var d = RenderConfig.DEFAULT;
    var config = new RenderConfig(d.blockSize(), d.rngSeed(), null, d.maxPolyphony(), 1, 0, TAIL_SEC);
    SungFile sung = SungFile.render(ScoreJson.read(Files.readAllBytes(scoreFile)), preset, config, out);
    RenderStats stats = sung.stats();
    ObjectNode answer = answer().put("outWav", out.toString()).put("durationSec", stats.durationSec());
    if (stats.peak() > 0) {
      answer.put("peakDbfs", 20 * Math.log10(stats.peak()));
    } else {
      answer.putNull("peakDbfs");
    }
    answer.put("maxAbsDelta", stats.maxAbsDelta())
        .put("maxDeltaTimeSec", (double) stats.maxDeltaFrame() / stats.sampleRateHz()).put("elapsedMs", sung.elapsedMs())
        .put("rtf", sung.elapsedMs() / 1000 / stats.durationSec()).put("determinismHash", sung.samplesHash());
    print(answer, List.of("%s: %.2f s in %.0f ms".formatted(out, stats.durationSec(), sung.elapsedMs()),
        sung.samplesHash()));
    return 0;
  }
}
