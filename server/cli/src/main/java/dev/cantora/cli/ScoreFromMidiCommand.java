package dev.cantora.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.engine.interchange.ImportedScore;
import dev.cantora.engine.interchange.MidiOptions;
import dev.cantora.engine.interchange.MidiReader;
import dev.cantora.engine.interchange.ScoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "score-from-midi", description = "Standard MIDI file to score, with tempo changes and lyrics.")
final class ScoreFromMidiCommand extends ToolCommand {
  @Parameters(paramLabel = "IN.mid")
  private Path in;

  @Option(names = "--out", paramLabel = "FILE", description = "default: IN.mid.score.json")
  private Path out;

  @Option(names = "--bpm-override", paramLabel = "BPM", description = "in place of the file's tempo, 20..400")
  private Double bpm;

  @Option(names = "--track", paramLabel = "N", description = "read only this track, from 0; default: all merged")
  private Integer track;

  @Option(names = "--default-timbre", paramLabel = "T")
  private String timbre;

  @Option(names = "--default-velocity", paramLabel = "V", defaultValue = "1.0")
  private double velocity;

  @Override
  public Integer call() throws IOException {
    ImportedScore read = MidiReader.read(Files.readAllBytes(in), new MidiOptions(bpm, track, timbre, velocity));
    Path target = out != null ? out : Path.of(in + ".score.json");
    Files.writeString(target, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(ScoreJson.write(read.score())));
    warn(read.warnings());
    ObjectNode answer = answer().put("schema", "1.0.0").put("input", in.toString()).put("out", target.toString())
        .put("bpm", read.score().bpm()).put("notes", read.score().notes().size())
        .put("durationSec", read.score().endSec()).put("trackCount", read.trackCount())
        .put("unmatchedNoteOff", read.unmatchedNoteOff()).put("unmatchedNoteOn", read.unmatchedNoteOn());
    print(answer, List.of("%s: %d notes, %.2f s".formatted(target, read.score().notes().size(), read.score().endSec())));
    return 0;
  }
}
