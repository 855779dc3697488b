package dev.cantora.cli;

import dev.cantora.engine.audio.AudioFormat;
import dev.cantora.engine.audio.AudioWriter;
import dev.cantora.engine.audio.WavPcm;
import dev.cantora.engine.interchange.ExportFormat;
import dev.cantora.engine.interchange.ScoreExport;
import dev.cantora.engine.interchange.ScoreJson;
import dev.cantora.engine.lyrics.Phonemizer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "export", description = {"Writes a score as MIDI, MusicXML, labels or captions, or a rendered WAV as FLAC, Opus or WAV of integers.",
  "The format is --as, else what OUT ends in."})
final class ExportCommand extends ToolCommand {
  @Parameters(index = "0", paramLabel = "IN", description = "a score in JSON, or a WAV file of floats as renders are")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT")
  private Path out;

  @Option(names = "--as", paramLabel = "FORMAT",
      description = "scores: midi, musicxml, htk, audacity, webvtt, lrc; audio: wav-f32, wav-s24, wav-s16, flac, ogg-opus")
  private String as;

  @Override
  public Integer call() throws IOException {
    String name;
    if (in.toString().toLowerCase(Locale.ROOT).endsWith(".wav")) {
      name = audio(as == null ? AudioFormat.ofFile(out.toString()) : AudioFormat.named(as));
    } else {
      name = score(as == null ? byExtension() : ExportFormat.named(as));
    }
    print(answer().put("out", out.toString()).put("format", name).put("bytes", Files.size(out)),
        List.of(out + ": " + Files.size(out) + " bytes of " + name));
    return 0;
  }

  private String audio(Optional<AudioFormat> asked) throws IOException {
    AudioFormat format = asked.orElseThrow(this::unknown);
    WavPcm pcm = new WavPcm(() -> new BufferedInputStream(Files.newInputStream(in), 1 << 16));
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(out), 1 << 16)) {
      AudioWriter.write(format, pcm, file);
    }
    return format.formatName();
  }

  private String score(Optional<ExportFormat> asked) throws IOException {
    ExportFormat format = asked.orElseThrow(this::unknown);
    Files.write(out, new ScoreExport(new Phonemizer()).write(format, ScoreJson.read(Files.readAllBytes(in)), Map.of()));
    return format.formatName();
  }

  private Optional<ExportFormat> byExtension() {
    String end = out.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(ExportFormat.values()).filter(format -> end.endsWith("." + format.extension())).findFirst();
  }

  private CommandLine.ParameterException unknown() {
    return new CommandLine.ParameterException(spec.commandLine(), "nothing that can be written here ends like " + out.getFileName() + "; say the format with --as");
  }
}
