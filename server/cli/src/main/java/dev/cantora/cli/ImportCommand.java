package dev.cantora.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.engine.interchange.ImportedFile;
import dev.cantora.engine.interchange.MidiOptions;
import dev.cantora.engine.interchange.ScoreFiles;
import dev.cantora.engine.interchange.ScoreFormat;
import dev.cantora.engine.interchange.ScoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = "Reads a score from a MIDI, MusicXML (.musicxml, .mxl), UST, USTX or LRC file.")
final class ImportCommand extends ToolCommand {
  @Parameters(index = "0", paramLabel = "IN")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT.json", arity = "0..1", description = "default: IN.score.json")
  private Path out;

  @Option(names = "--from", paramLabel = "FORMAT", description = "midi, musicxml, mxl, ust, ustx or lrc; default: what the file looks like")
  private String from;

  @Option(names = "--track", paramLabel = "N", description = "read only this track or part, from 0; default: all merged")
  private Integer track;

  @Option(names = "--bpm", paramLabel = "BPM", description = "in place of the file's tempo, 20..400")
  private Double bpm;

  @Option(names = "--timbre", paramLabel = "T", description = "given to every note")
  private String timbre;

  @Option(names = "--velocity", paramLabel = "V", defaultValue = "1.0", description = "of notes for which the file says none")
  private double velocity;

  @Override
  public Integer call() throws IOException {
    ScoreFormat format = from == null ? null : ScoreFormat.named(from)
        .orElseThrow(() -> new CommandLine.ParameterException(spec.commandLine(), "unknown format " + from));
    ImportedFile read = ScoreFiles.read(Files.readAllBytes(in), format, new MidiOptions(bpm, track, timbre, velocity));
    Path target = out != null ? out : Path.of(in + ".score.json");
    Files.writeString(target, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(ScoreJson.write(read.score())));
    warn(read.warnings());
    ObjectNode answer = answer().put("input", in.toString()).put("out", target.toString()).put("format", read.format().formatName())
        .put("bpm", read.score().bpm()).put("notes", read.score().notes().size()).put("durationSec", read.score().endSec());
    ArrayNode tracks = answer.putArray("tracks");
    read.tracks().forEach(t -> tracks.addObject().put("index", t.index()).put("name", t.name()).put("notes", t.notes()));
    print(answer, List.of("%s: %d notes, %.2f s, from %s".formatted(target, read.score().notes().size(), read.score().endSec(),
        read.format().formatName())));
    return 0;
  }
}
