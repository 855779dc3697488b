package dev.cantora.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  private static final String PRESET = "../../presets/default-voice";

  @TempDir
  Path folder;

  private String errors;

  private JsonNode json(int exit, String... args) throws IOException {
    var out = new StringWriter();
    var err = new StringWriter();
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), args)).as(err.toString()).isEqualTo(exit);
    errors = err.toString();
    return out.toString().isBlank() ? null : new ObjectMapper().readTree(out.toString());
  }

  @Test
  void phonemizesText() throws IOException {
    JsonNode answer = json(0, "phonemize", "--text", "Hello", "--json");
    JsonNode word = answer.path("words").path(0);
    assertThat(word.path("source").asText()).isEqualTo("dictionary");
    assertThat(word.path("phonemes").toString()).isEqualTo("[\"HH\",\"AH\",\"L\",\"OW\"]");
    assertThat(word.path("syllables").path(1).path("nucleus").asText()).isEqualTo("OW");
    assertThat(answer.path("warnings").isArray()).isTrue();
  }

  @Test
  void phonemizesAScore() throws IOException {
    Path score = folder.resolve("s.json");
    Files.writeString(score, """
        {"bpm":120,"lyrics":{"text":"la"},"notes":[{"id":"a","startSec":1,"durationSec":1,"midi":60}]}""");
    JsonNode answer = json(0, "phonemize", "--score", score.toString(), "--format=json");
    assertThat(answer.path("phonemes").path(1).path("tSec").asDouble()).isEqualTo(1);
  }

  /** In a process of its own, as its main method sees to that. */
  @Test
  void numbersHaveAPointInEveryLanguage() throws Exception {
    Path score = folder.resolve("s.json");
    Files.writeString(score, """
        {"bpm":120,"lyrics":{"text":"la"},"notes":[{"id":"a","startSec":1,"durationSec":1,"midi":60}]}""");
    Process german = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Duser.language=de", "-Duser.country=DE",
        "-cp", System.getProperty("java.class.path"), Main.class.getName(), "phonemize", "--score", score.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(german.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(german.waitFor()).isZero();
    assertThat(said).contains("1.000\t").doesNotContain("1,000");
  }

  @Test
  void singsAndPlaysTheSameEveryTime() throws IOException {
    Path song = folder.resolve("song.wav");
    json(0, "sing", "la la", "--notes", "C4 E4:2", "--preset", PRESET, "--out", song.toString(), "--json");
    assertThat(Files.size(song)).isGreaterThan(100_000);
    Path choir = folder.resolve("choir.wav");
    json(0, "sing", "la la", "--notes", "C4 E4:2", "--preset", PRESET, "--out", choir.toString(), "--choir", "3", "--json");
    assertThat(Files.size(choir)).as("stereo").isEqualTo(2 * Files.size(song) - 44);
    Path flac = folder.resolve("song.FLAC");
    json(0, "sing", "la", "--notes", "C4", "--preset", PRESET, "--out", flac.toString(), "--json");
    assertThat(new String(Files.readAllBytes(flac), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("fLaC");
    json(1, "sing", "la", "--notes", "C4", "--preset", PRESET, "--out", choir.toString(), "--choir", "99");
    Path score = folder.resolve("s.json");
    Files.writeString(score, """
        {"bpm":120,"notes":[{"id":"a","startSec":0,"durationSec":0.3,"midi":60}]}""");
    String one = json(0, "play-score", PRESET, score.toString(), folder.resolve("1.wav").toString(), "--json")
        .path("determinismHash").asText();
    String two = json(0, "play-score", PRESET, score.toString(), folder.resolve("2.wav").toString(), "--json")
        .path("determinismHash").asText();
    assertThat(one).startsWith("sha256:").isEqualTo(two);
    assertThat(json(0, "compare", folder.resolve("1.wav").toString(), folder.resolve("2.wav").toString(), "--json")
        .path("verdict").asText()).isEqualTo("PASS");
  }

  @Test
  void inspectsAPreset() throws IOException {
    JsonNode answer = json(0, "inspect", PRESET + "/voicepreset.json", "--json");
    assertThat(answer.path("timbres").path(0).path("freqBins").asInt()).isPositive();
  }

  @Test
  void comparesVowelsThatDiffer() throws IOException {
    json(0, "gen-vowel-wav", folder.toString(), "--json");
    JsonNode same = json(0, "compare", folder.resolve("AH.wav").toString(), folder.resolve("AH.wav").toString(), "--json");
    assertThat(same.path("refF0Hz").asDouble()).isBetween(219.0, 221.0);
    assertThat(json(1, "compare", folder.resolve("AH.wav").toString(), folder.resolve("EE.wav").toString(), "--json")
        .path("verdict").asText()).isEqualTo("FAIL");
  }

  @Test
  void anErrorNamesToolAndCode() throws IOException {
    json(1, "inspect", folder.toString());
    assertThat(errors).startsWith("[inspect] error (PRESET_NOT_FOUND): ");
    json(1, "score-from-midi", folder.resolve("missing.mid").toString());
    assertThat(errors).contains("(NOT_FOUND)");
    json(2, "phonemize", "--nonsense");
  }

  @Test
  void helpEndsWellForEveryTool() throws IOException {
    for (String tool : new String[] {"phonemize", "play-score", "sing", "resynth", "inspect", "compare", "gen-vowel-wav",
      "score-from-midi", "export-labels", "import", "export", "render", "mcp", "doctor"}) {
      assertThat(Main.run(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), tool, "-h")).isZero();
    }
  }

  @Test
  void theDoctorNamesEveryVariableThatTheDaemonCannotUse() throws IOException {
    String classpath = System.getProperty("java.class.path");
    assertThat(DoctorCommand.configuration(classpath, Map.of("PORT", "4321")).good()).isTrue();
    DoctorCommand.Finding bad = DoctorCommand.configuration(classpath, Map.of("PORT", "abc", "JSON_BODY_LIMIT", "lots"));
    assertThat(bad.good()).isFalse();
    assertThat(bad.detail()).contains("PORT", "JSON_BODY_LIMIT").doesNotContain("Exception");
  }
}
