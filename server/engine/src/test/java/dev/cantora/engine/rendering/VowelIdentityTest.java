package dev.cantora.engine.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cantora.engine.Engine;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.units.UnitVoice;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sung vowels are what the voices state, as praat hears them: F1 and F2 at A2 within 12 %. */
class VowelIdentityTest {

  private static final List<String> MONOPHTHONGS = List.of("AA", "AE", "AH", "AO", "EH", "ER", "IH", "IY", "UH", "UW");
  private static final double TOLERANCE = 0.12;
  private static final String SCRIPT = """
      form Formants
        sentence folder
        real ceiling
      endform
      Create Strings as file list: "files", folder$ + "/*.wav"
      count = Get number of strings
      for i to count
        selectObject: "Strings files"
        name$ = Get string: i
        sound = Read from file: folder$ + "/" + name$
        To Formant (burg): 0, 5, ceiling, 0.025, 50
        f1 = Get quantile: 1, 0.6, 1.2, "hertz", 0.5
        f2 = Get quantile: 2, 0.6, 1.2, "hertz", 0.5
        appendInfoLine: name$, " ", f1, " ", f2
        removeObject: sound
      endfor
      """;

  @TempDir
  private Path folder;

  @Test
  void everyMonophthongOfEveryVoiceHasTheFormantsItsPresetStates() throws Exception {
    assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(dir -> Files.isExecutable(Path.of(dir, "praat"))),
        "needs praat (Debian: apt-get install praat)");
    Path script = Files.writeString(folder.resolve("formants.praat"), SCRIPT);
    try (Engine engine = Engine.create()) {
      for (String id : UnitVoices.IDS) {
        var voice = (UnitVoice) UnitVoices.load(engine, id);
        Path sung = Files.createDirectory(folder.resolve(id));
        for (String vowel : MONOPHTHONGS) {
          write(sung.resolve(vowel + ".wav"), RenderedScore.of(engine, voice, UnitVoices.sung(
              "[" + vowel.toLowerCase(Locale.ROOT) + "1]", UnitVoices.note("n", 0.1, 1.4, 45, null)), UnitVoices.CONFIG).interleaved());
        }
        assertThat(voice.stated().vowelCeilingHz()).as("%s states its ceiling", id).isBetween(4500.0, 7000.0);
        Map<String, double[]> heard = praat(script, sung, voice.stated().vowelCeilingHz());
        for (String vowel : MONOPHTHONGS) {
          List<Double> stated = voice.stated().vowels().stream().filter(v -> v.phone().equals(vowel)).findFirst()
              .map(PresetManifest.Vowel::formantsHz).orElseThrow();
          for (int f = 0; f < 2; f++) {
            assertThat(heard.get(vowel)[f] / stated.get(f)).as("%s, F%d of %s, stated %.0f Hz", id, f + 1, vowel, stated.get(f))
                .isBetween(1 - TOLERANCE, 1 + TOLERANCE);
          }
        }
      }
    }
  }

  private static Map<String, double[]> praat(Path script, Path sung, double ceilingHz) throws IOException, InterruptedException {
    Process praat = new ProcessBuilder("praat", "--run", script.toString(), sung.toString(), Double.toString(ceilingHz))
        .redirectErrorStream(true).start();
    String said = new String(praat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(praat.waitFor()).as(said).isZero();
    Map<String, double[]> heard = new HashMap<>();
    said.lines().filter(line -> !line.isBlank()).forEach(line -> {
      String[] part = line.split(" ");
      heard.put(part[0].replace(".wav", ""), new double[] {Double.parseDouble(part[1]), Double.parseDouble(part[2])});
    });
    return heard;
  }

  private static void write(Path file, float[] samples) throws IOException {
    var encoder = new WavEncoder(WavFormat.F32, 1, UnitVoices.RATE);
    ByteBuffer data = ByteBuffer.allocate(samples.length * Float.BYTES);
    encoder.encode(samples, samples.length, 1, data);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(encoder.header(samples.length));
      out.write(data.array());
    }
  }
}
