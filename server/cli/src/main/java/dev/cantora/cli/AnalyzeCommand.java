package dev.cantora.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.voice.analysis.Recording;
import dev.cantora.engine.voice.analysis.RecordingCheck;
import dev.cantora.engine.voice.analysis.TimbreAnalysis;
import dev.cantora.engine.voice.analysis.WavReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "analyze", description = "One held vowel to a preset with one timbre.")
final class AnalyzeCommand extends ToolCommand {
  @Parameters(index = "0", paramLabel = "IN.wav")
  private Path wav;

  @Parameters(index = "1", paramLabel = "OUTDIR")
  private Path out;

  @Parameters(index = "2", paramLabel = "TIMBRE", description = "letters, digits, _ and -, a letter first")
  private String timbre;

  @Override
  public Integer call() throws IOException {
    var problems = new ArrayList<String>();
    TimbreAnalysis analysis = analyze(wav + ":" + timbre, problems);
    BuildPresetCommand.fail(problems);
    ObjectNode answer = answer().put("wavPath", wav.toString()).put("outDir", out.toString()).put("timbreName", timbre)
        .put("f0Hz", analysis.f0Hz());
    print(write(out, List.of(analysis), answer), List.of("%s: %s at %.1f Hz".formatted(out, timbre, analysis.f0Hz())));
    return 0;
  }

  /** Reads and analyses {@code WAV:TIMBRE}; what is wrong with the recording goes to the problems, then null is returned. */
  static TimbreAnalysis analyze(String source, List<String> problems) throws IOException {
    int colon = source.lastIndexOf(':');
    String name = source.substring(colon + 1);
    if (colon < 1 || !name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
      throw new EngineException(EngineException.Fault.INVALID_BODY,
          "\"" + source + "\" is neither a folder nor WAV:TIMBRE with a timbre of letters, digits, _ and -");
    }
    Recording recording;
    try {
      recording = WavReader.read(Path.of(source.substring(0, colon)));
    } catch (java.nio.file.NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      problems.add(e.getMessage());
      return null;
    }
    List<String> found = RecordingCheck.sound(recording);
    problems.addAll(found);
    if (!found.isEmpty()) {
      return null;
    }
    TimbreAnalysis analysis = TimbreAnalysis.of(name, recording);
    if (analysis.f0Hz() == 0) {
      problems.add(recording.name() + ": no pitch found; a held vowel is needed");
    }
    return analysis;
  }

  /** Writes the preset and tells what contract section 11 wants told. */
  static ObjectNode write(Path out, List<TimbreAnalysis> timbres, ObjectNode answer) throws IOException {
    String id = out.toAbsolutePath().normalize().getFileName().toString();
    String hash = TimbreAnalysis.write(out, id, timbres);
    var list = answer.putArray("timbres");
    timbres.forEach(t -> list.addObject().put("name", t.name()).put("f0Hz", t.f0Hz()));
    return answer.put("harmonics", TimbreAnalysis.HARMONICS).put("freqBins", TimbreAnalysis.BINS).put("assetsHash", hash)
        .put("presetDir", out.toString());
  }
}
