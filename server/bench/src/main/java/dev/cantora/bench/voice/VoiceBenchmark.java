package dev.cantora.bench.voice;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.bench.ServiceClient;
import dev.cantora.engine.Engine;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.analysis.WavReader;
import dev.cantora.engine.voice.units.UnitVoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How good voices are: words by a rhyme test, vowels by praat, the tone between its harmonics, clicks. */
@Command(name = "voice", mixinStandardHelpOptions = true,
    description = {"Measures voices, sung over HTTP by a daemon of its own:",
        "words    a rhyme test: every word on one note, picked out of its set by PocketSphinx",
        "vowels   F1 and F2 of every monophthong by praat against what the voice states",
        "tone     what lies beside the harmonics of a held note, at the pitch and at C7",
        "clicks   the steepest step of sentences against that of held vowels (in this process)"})
public final class VoiceBenchmark implements Callable<Integer> {

  private static final double TONE_SEC = 1.1;
  private static final double C7 = 96;

  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "PRESET", description = "preset folders, default presets/default-voice")
  private List<Path> presets = List.of();

  @Option(names = "--sets", paramLabel = "FILE", description = "other words than the project's own, one set of rhymes a line")
  private Path sets;

  @Option(names = "--midi", paramLabel = "N", split = ",", defaultValue = "45,57",
      description = "pitches of words and tone, default ${DEFAULT-VALUE}; vowels are sung at A2 (45)")
  private List<Double> pitches;

  @Option(names = "--length", paramLabel = "SEC", split = ",", defaultValue = "0.7",
      description = "lengths of the notes of words, default ${DEFAULT-VALUE}")
  private List<Double> lengths;

  @Option(names = "--speech", paramLabel = "VOICE", split = ",", defaultValue = "",
      description = "measure words of these voices of flite instead, their vowels held as long as the notes")
  private List<String> speech;

  @Option(names = "--only", paramLabel = "WHAT", split = ",", defaultValue = "words,vowels,tone,clicks",
      description = "default ${DEFAULT-VALUE}")
  private List<String> parts;

  @Option(names = "--keep", paramLabel = "DIR", description = "keep the sound there")
  private Path keep;

  @Option(names = "--confusions", description = "print what was taken for what")
  private boolean confusions;

  private PrintWriter out;
  private Path work;

  @Override
  public Integer call() throws IOException, InterruptedException {
    out = spec.commandLine().getOut();
    List<String> missing = Tool.missing(needed());
    if (parts.contains("words") && !RhymeTest.hasModel()) {
      missing.add("PocketSphinx's English model");
    }
    if (!missing.isEmpty()) {
      spec.commandLine().getErr().println("bench voice needs " + String.join(" and ", missing)
          + " (Debian: apt-get install pocketsphinx pocketsphinx-en-us sox praat flite)");
      return 1;
    }
    work = keep == null ? Files.createTempDirectory("voice") : keep;
    try {
      if (speaks()) {
        speak();
      } else {
        sing();
      }
    } finally {
      if (keep == null) {
        Tool.delete(work);
      }
    }
    return 0;
  }

  private void sing() throws IOException, InterruptedException {
    List<Path> voices = presets.isEmpty() ? List.of(Machine.root().resolve("presets/default-voice")) : presets;
    for (Path voice : voices) {
      Path folder = voice.toAbsolutePath().normalize();
      try (DaemonProcess daemon = DaemonProcess.start(Map.of("PRESET_DIR", folder.getParent().toString()));
          ServiceClient client = new ServiceClient(daemon.uri()); Engine engine = Engine.create()) {
        measure(engine, engine.loadVoice(folder, warning -> {}), client);
      }
    }
  }

  private boolean speaks() {
    return !speech.stream().allMatch(String::isEmpty);
  }

  private void speak() throws IOException, InterruptedException {
    for (String voice : speech) {
      for (double midi : pitches) {
        var spoken = new HeldSpeech(voice, 440 * Math.pow(2, (midi - 69) / 12));
        words(voice, midi, spoken::word);
      }
    }
  }

  private String[] needed() {
    if (speaks()) {
      return new String[] {"pocketsphinx_batch", "sox", "flite"};
    }
    return parts.contains("words") ? parts.contains("vowels") ? new String[] {"pocketsphinx_batch", "sox", "praat"}
        : new String[] {"pocketsphinx_batch", "sox"} : parts.contains("vowels") ? new String[] {"praat"} : new String[0];
  }

  private void measure(Engine engine, Voice voice, ServiceClient client) throws IOException, InterruptedException {
    var singer = new HttpSinger(client, voice.id());
    Path folder = work.resolve(voice.id());
    for (double midi : pitches) {
      if (parts.contains("words")) {
        words(voice.id(), midi, (word, length, wav) -> singer.word(word, midi, length, wav));
        client.deleteRenders();
      }
    }
    if (parts.contains("vowels") && voice instanceof UnitVoice units) {
      vowels(singer, units, folder);
    }
    for (double midi : parts.contains("tone") ? new double[] {pitches.getFirst(), C7} : new double[0]) {
      tone(singer, voice, midi, folder);
    }
    if (parts.contains("clicks")) {
      print("%-14s clicks  midi %.0f  steepest step %.2f of held vowels' (limit 2)", voice.id(), pitches.getFirst(),
          Clicks.ratio(engine, voice, pitches.getFirst()));
    }
  }

  private void words(String name, double midi, RhymeTest.Speaker speaker) throws IOException, InterruptedException {
    var test = RhymeTest.read(sets == null ? ownSets() : Files.readString(sets));
    for (double length : lengths) {
      Path folder = work.resolve(name).resolve("midi-%d-%d-ms".formatted((int) midi, Math.round(1000 * length)));
      test.say(speaker, length, folder);
      List<RhymeTest.Answer> answers = test.recognise(folder);
      long right = answers.stream().filter(RhymeTest.Answer::right).count();
      print("%-14s words   midi %.0f  %.2f s  %5.1f %% of %d (chance 16.7 %%)", name, midi, length,
          100.0 * right / Math.max(1, answers.size()), answers.size());
      if (confusions) {
        answers.stream().filter(a -> !a.right()).forEach(a -> out.print(a.word() + ">" + a.heard() + " "));
        print("");
      }
    }
  }

  private void vowels(HttpSinger singer, UnitVoice voice, Path folder) throws IOException, InterruptedException {
    List<VowelIdentity.Measured> vowels = VowelIdentity.measure(singer, voice.stated(), 45, folder);
    long within = vowels.stream().filter(VowelIdentity.Measured::within).count();
    VowelIdentity.Measured worst = vowels.stream().max(java.util.Comparator.comparingDouble(VowelIdentity.Measured::off)).orElseThrow();
    print("%-14s vowels  midi 45  %d of %d within 12 %%, worst %s %.1f %%", voice.id(), within, vowels.size(), worst.phone(),
        100 * worst.off());
  }

  private void tone(HttpSinger singer, Voice voice, double near, Path folder) throws IOException, InterruptedException {
    double midi = SteadyTone.midi(near, voice.sampleRateHz());
    Files.createDirectories(folder);
    Path wav = folder.resolve("tone-" + (int) near + ".wav");
    singer.vowel("AA", midi, TONE_SEC, wav);
    print("%-14s tone    midi %.0f  nothing beside the harmonics above %.0f dBFS", voice.id(), near,
        SteadyTone.floorDb(WavReader.read(wav), midi));
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  private static String ownSets() throws IOException {
    try (InputStream in = VoiceBenchmark.class.getResourceAsStream("rhymes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
