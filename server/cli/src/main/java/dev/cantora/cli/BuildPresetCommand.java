package dev.cantora.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.voice.analysis.LabelReader;
import dev.cantora.engine.voice.analysis.LabelledRecording;
import dev.cantora.engine.voice.analysis.LabelledSegment;
import dev.cantora.engine.voice.analysis.RecordingCheck;
import dev.cantora.engine.voice.analysis.TimbreAnalysis;
import dev.cantora.engine.voice.analysis.UnitBankBuilder;
import dev.cantora.engine.voice.analysis.UnitPreset;
import dev.cantora.engine.voice.analysis.VoiceDesign;
import dev.cantora.engine.voice.analysis.WavReader;
import dev.cantora.engine.voice.units.UnitBank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "build-preset", description = {"Makes a voice from recordings.",
    "Sources are either folders of labelled speech (word.wav beside word.lab), which give a voice that sings words, or"
        + " recordings of one held vowel each as WAV:TIMBRE, which give a voice of those colours."})
final class BuildPresetCommand extends ToolCommand {
  private static final int MOST_PROBLEMS = 20;
  private static final double MOST_VOICELESS = 0.1;

  @Parameters(paramLabel = "SOURCE", arity = "1..*", description = "folder of labelled speech, or WAV:TIMBRE")
  private List<String> sources;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of the preset; its name is the voice's id")
  private Path out;

  @Option(names = "--allow-missing", description = "build although phones are missing; they sound as silence")
  private boolean allowMissing;

  @Mixin
  private DesignOptions design;

  @Override
  public Integer call() throws IOException {
    boolean speech = sources.stream().allMatch(source -> Files.isDirectory(Path.of(source)));
    return speech ? units() : timbres();
  }

  private int units() throws IOException {
    VoiceDesign voice = design.design();
    List<LabelledRecording> recordings = new ArrayList<>();
    var problems = new ArrayList<String>();
    for (String source : sources) {
      for (Path wav : wavs(Path.of(source))) {
        read(wav, recordings, problems);
      }
    }
    if (recordings.isEmpty() && problems.isEmpty()) {
      problems.add(String.join(", ", sources) + ": no recordings (word.wav with word.lab beside it)");
    }
    fail(problems);
    List<String> missing = RecordingCheck.missingPhones(recordings);
    if (!missing.isEmpty() && !allowMissing) {
      fail(List.of("no recording holds " + String.join(" ", missing) + " (--allow-missing builds without them)"));
    }
    var builder = new UnitBankBuilder(voice);
    recordings.parallelStream().map(builder::analyze).toList().forEach(builder::add);
    double voiceless = builder.voicelessVowels();
    if (voiceless > MOST_VOICELESS) {
      warn(List.of(String.format(Locale.ROOT, "%.0f %% of what is labelled as vowels has no pitch between %.0f and %.0f Hz and would be"
          + " silent; see --pitch-min and --pitch-max", 100 * voiceless, voice.pitchMinHz(), voice.pitchMaxHz())));
    }
    UnitBank bank = builder.build();
    int pairs = bank.units() - 1; // the last unit holds the phones' targets
    String hash = UnitPreset.write(out, out.toAbsolutePath().normalize().getFileName().toString(), voice, bank);
    var answer = answer().put("presetDir", out.toString()).put("version", "0.3.0").put("recordings", recordings.size())
        .put("phones", bank.phones().size() - 1 - missing.size()).put("units", pairs).put("frames", bank.frameCount())
        .put("assetsHash", hash);
    ArrayNode lacking = answer.putArray("missingPhones");
    missing.forEach(lacking::add);
    print(answer, List.of("%s: %d units of %d recordings, %d frames".formatted(out, pairs, recordings.size(), bank.frameCount())));
    return 0;
  }

  private static List<Path> wavs(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".wav")).sorted().toList();
    }
  }

  private static void read(Path wav, List<LabelledRecording> recordings, List<String> problems) throws IOException {
    String name = wav.getFileName().toString();
    Path labels = wav.resolveSibling(name.substring(0, name.length() - 4) + ".lab");
    if (!Files.exists(labels)) {
      problems.add(name + ": has no labels (" + labels.getFileName() + " is missing)");
      return;
    }
    try {
      List<LabelledSegment> segments = LabelReader.read(labels);
      var recording = new LabelledRecording(WavReader.read(wav), segments);
      problems.addAll(RecordingCheck.speech(recording));
      if (!recordings.isEmpty() && recordings.getFirst().recording().rateHz() != recording.recording().rateHz()) {
        problems.add(name + ": " + recording.recording().rateHz() + " Hz, the others have "
            + recordings.getFirst().recording().rateHz() + " Hz");
      }
      recordings.add(recording);
    } catch (java.nio.file.NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      problems.add(e.getMessage());
    }
  }

  private int timbres() throws IOException {
    var problems = new ArrayList<String>();
    var timbres = new ArrayList<TimbreAnalysis>();
    var names = new HashSet<String>();
    for (String source : sources) {
      String name = source.substring(source.lastIndexOf(':') + 1);
      if (!names.add(name)) {
        problems.add(source + ": " + name + " is named twice");
      }
      timbres.add(AnalyzeCommand.analyze(source, problems));
    }
    fail(problems);
    print(AnalyzeCommand.write(out, timbres, answer()), List.of(out + ": " + timbres.size() + " timbres"));
    return 0;
  }

  static void fail(List<String> problems) {
    if (!problems.isEmpty()) {
      List<String> some = problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()));
      String more = problems.size() > some.size() ? "\n  and " + (problems.size() - some.size()) + " more" : "";
      throw new EngineException(EngineException.Fault.INVALID_BODY,
          "the recordings cannot be used:\n  " + String.join("\n  ", some) + more, null, Map.of());
    }
  }
}
