package dev.cantora.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildPresetTest {
  private static final int RATE_HZ = 16000;

  @TempDir
  private Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  /** Silence, a buzz with three resonances' worth of harmonics, silence. */
  private static float[] word(double gain) {
    float[] x = new float[(int) (0.8 * RATE_HZ)];
    for (int i = RATE_HZ / 5; i < RATE_HZ * 3 / 5; i++) {
      for (int k = 1; k <= 30; k++) {
        x[i] += (float) (gain / k * Math.sin(2 * Math.PI * 110 * k * i / RATE_HZ));
      }
    }
    return x;
  }

  private Path speech(String labels, float[] samples, int rateHz) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("speech"));
    WavFile.write(folder.resolve("word.wav"), samples, rateHz);
    if (labels != null) {
      Files.writeString(folder.resolve("word.lab"), labels);
    }
    return folder;
  }

  private static final String LABELS = "0 0.2 pau\n0.2 0.33 aa\n0.33 0.46 iy\n0.46 0.6 uw\n0.6 0.8 pau\n";

  @Test
  void labelledSpeechBecomesAVoiceOfFormat030ThatInspectVerifies() throws Exception {
    Path folder = speech(LABELS, word(0.2), RATE_HZ);
    assertThat(run("build-preset", "--json", "--allow-missing", "--out", dir.resolve("mine").toString(), folder.toString()))
        .as(err.toString()).isZero();
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.path("version").asText()).isEqualTo("0.3.0");
    assertThat(answer.path("units").asInt()).isEqualTo(4);
    assertThat(answer.path("missingPhones").size()).isGreaterThan(20);
    assertThat(run("inspect", dir.resolve("mine").toString())).as(err.toString()).isZero();
  }

  @Test
  void missingPhonesAreNamed() throws Exception {
    Path folder = speech(LABELS, word(0.2), RATE_HZ);
    assertThat(run("build-preset", "--out", dir.resolve("mine").toString(), folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no recording holds").contains("CH");
    assertThat(dir.resolve("mine")).doesNotExist();
  }

  @Test
  void aSilenceMayBeLabelledLongerThanItWasKeptButSpeechMayNot() throws Exception {
    Path cut = speech(LABELS.replace("0.6 0.8", "0.6 0.95"), word(0.2), RATE_HZ);
    assertThat(run("build-preset", "--allow-missing", "--out", dir.resolve("m").toString(), cut.toString()))
        .as(err.toString()).isZero();
    Path lost = speech(LABELS.replace("0.6 0.8 pau", "0.6 0.95 m"), word(0.2), RATE_HZ);
    assertThat(run("build-preset", "--allow-missing", "--out", dir.resolve("n").toString(), lost.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("labels end at 0.95 s");
  }

  @Test
  void clippedRecordingsAreRefused() throws Exception {
    float[] loud = word(2);
    for (int i = 0; i < loud.length; i++) {
      loud[i] = Math.clamp(loud[i], -1f, 1f);
    }
    assertThat(run("build-preset", "--out", dir.resolve("m").toString(), speech(LABELS, loud, RATE_HZ).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("word.wav").contains("clipped");
  }

  @Test
  void recordingsWhoseNumbersOverflowedAreRefused() throws Exception {
    float[] wrapped = word(2);
    for (int i = 0; i < wrapped.length; i++) {
      wrapped[i] = (float) (wrapped[i] - 2 * Math.floor((wrapped[i] + 1) / 2)); // as 16 bits wrap around
    }
    assertThat(run("build-preset", "--out", dir.resolve("m").toString(), speech(LABELS, wrapped, RATE_HZ).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("word.wav").contains("overflowed");
  }

  @Test
  void noisyRecordingsAreRefused() throws Exception {
    float[] noisy = word(0.02);
    var random = new java.util.Random(1);
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += (float) (0.02 * random.nextGaussian());
    }
    assertThat(run("build-preset", "--out", dir.resolve("m").toString(), speech(LABELS, noisy, RATE_HZ).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("noisy");
  }

  @Test
  void recordingsWithoutLabelsOfAWrongRateOrTooShortAreRefused() throws Exception {
    assertThat(run("build-preset", "--out", dir.resolve("m").toString(), speech(null, word(0.2), RATE_HZ).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("has no labels");
    assertThat(run("build-preset", "--out", dir.resolve("m").toString(), speech(LABELS, word(0.2), 8000).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("8000 Hz");
    assertThat(run("build-preset", "--out", dir.resolve("m").toString(), speech(LABELS, new float[800], RATE_HZ).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("too short");
  }

  @Test
  void aPitchOutsideTheRangeIsSaidForItWouldBeSilent() throws Exception {
    Path folder = speech(LABELS, word(0.2), RATE_HZ);
    assertThat(run("build-preset", "--allow-missing", "--out", dir.resolve("m").toString(), folder.toString())).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(run("build-preset", "--allow-missing", "--pitch-min", "150", "--out", dir.resolve("m").toString(), folder.toString())).isZero();
    assertThat(err.toString()).contains("no pitch between 150 and 300 Hz").contains("--pitch-min");
  }

  @ParameterizedTest
  @CsvSource({"--nominal,0", "--pitch-min,300", "--pitch-min,0", "--pitch-max,60", "--formant-scale,0", "--formant-top,100",
      "--pace,3", "--breathiness,7", "--hnr,NaN", "--tilt,Infinity"})
  void whatNoVoiceCanBeIsRefusedByName(String option, String value) throws Exception {
    Path folder = speech(LABELS, word(0.2), RATE_HZ);
    assertThat(run("build-preset", "--allow-missing", option, value, "--out", dir.resolve("m").toString(), folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("INVALID_BODY").contains("is outside");
    assertThat(dir.resolve("m")).doesNotExist();
  }

  @Test
  void unreadableRecordingsAndLabelsAreAllNamedAtOnce() throws Exception {
    Path folder = speech("0 0.2 pau\n0.2 0.1 aa\n", word(0.2), RATE_HZ);
    Files.writeString(folder.resolve("noise.wav"), "no sound");
    Files.writeString(folder.resolve("noise.lab"), LABELS);
    WavFile.write(folder.resolve("typo.wav"), word(0.2), RATE_HZ);
    Files.writeString(folder.resolve("typo.lab"), LABELS.replace("iy", "ee"));
    assertThat(run("build-preset", "--out", dir.resolve("m").toString(), folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("noise.wav is not a RIFF WAV file").contains("word.lab").contains("runs backwards")
        .contains("typo.lab: \"ee\" is no ARPAbet phone");
  }

  @Test
  void aTimbreIsNamedOnce() throws Exception {
    Path wav = dir.resolve("ah.wav");
    WavFile.write(wav, word(0.2), RATE_HZ);
    assertThat(run("build-preset", "--out", dir.resolve("m").toString(), wav + ":AH", wav + ":AH")).isEqualTo(1);
    assertThat(err.toString()).contains("AH is named twice");
    assertThat(dir.resolve("m")).doesNotExist();
  }

  @Test
  void aHeldVowelBecomesATimbre() throws Exception {
    Path wav = dir.resolve("ah.wav");
    WavFile.write(wav, word(0.2), RATE_HZ);
    assertThat(run("analyze", "--json", wav.toString(), dir.resolve("one").toString(), "AH")).as(err.toString()).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).path("f0Hz").asDouble()).isBetween(109.0, 111.0);
    assertThat(run("inspect", dir.resolve("one").toString())).as(err.toString()).isZero();
  }
}
