package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The main job, measured: a hymn with words goes in over HTTP, a WAV file comes out, and it is what the score says. */
class AmazingGraceTest {
  private static final int RATE_HZ = 48000;
  private static final String TEXT = "amazing grace how sweet the sound that saved a wretch like me";
  private static final int[] MIDI = {62, 67, 71, 71, 69, 67, 64, 62, 62, 67, 71, 71, 69, 74};
  private static final double NOTE_SEC = 0.75;

  private static String body() {
    StringBuilder notes = new StringBuilder("[");
    for (int i = 0; i < MIDI.length; i++) {
      notes.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT,
          "{\"id\":\"n%d\",\"startSec\":%s,\"durationSec\":%s,\"midi\":%d,\"vibrato\":{\"rateHz\":0,\"depthCents\":0,\"onsetSec\":0}}",
          i, i * NOTE_SEC, NOTE_SEC, MIDI[i]));
    }
    return Scores.body("{\"bpm\":80,\"notes\":" + notes + "],\"lyrics\":{\"text\":\"" + TEXT + "\",\"language\":\"en\"}}");
  }

  private static TestDaemon daemon() {
    TestDaemon daemon = TestDaemon.start();
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
    return daemon;
  }

  private static String renderedHash(TestDaemon daemon) {
    Reply rendered = daemon.post("/api/v1/render", body());
    assertThat(rendered.status()).as(rendered.toString()).isEqualTo(200);
    return rendered.json().at("/provenance/wavHash").asText();
  }

  /** Another JVM, with whatever kernel it can run: prints the hash of the render. */
  static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] arguments) {
      try (TestDaemon daemon = daemon()) {
        System.out.println("HASH " + renderedHash(daemon));
      }
    }
  }

  @Test
  void wordsAndNotesComeOutAsWritten() {
    try (TestDaemon daemon = daemon()) {
      JsonNode result = daemon.post("/api/v1/render", body()).json();
      byte[] wav = daemon.get("/api/v1/renders/last/audio.wav").body();
      float[] samples = RenderHttpTest.samples(wav);

      long frames = (long) Math.ceil((MIDI.length * NOTE_SEC + 0.3) * RATE_HZ / 1024) * 1024;
      assertThat(samples).hasSize((int) frames);
      for (float sample : samples) {
        assertThat(Float.isFinite(sample)).isTrue();
      }
      List<JsonNode> vowels = vowels(daemon.get("/api/v1/renders/last/score").json());
      assertThat(vowels).as("a vowel per syllable").hasSize(MIDI.length);
      for (int i = 0; i < MIDI.length; i++) {
        double from = vowels.get(i).path("tSec").asDouble() + 0.35 * vowels.get(i).path("durSec").asDouble();
        double hz = 440 * Math.pow(2, (MIDI[i] - 69) / 12.0);
        double cents = 1200 * Math.log(measuredHz(samples, from, hz) / hz) / Math.log(2);
        assertThat(cents).as("note %d", i).isBetween(-1.0, 1.0);
      }
      assertNoClicks(samples, result.at("/telemetry/maxAbsDelta").asDouble());
      assertThat(renderedHash(daemon)).isEqualTo(renderedHash(daemon)).isEqualTo(result.at("/provenance/wavHash").asText());
    }
  }

  @Test
  void aJvmWithoutTheVectorApiMakesTheSameBytes() throws Exception {
    Process elsewhere = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
        System.getProperty("java.class.path"), Elsewhere.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(elsewhere.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String hash = output.lines().filter(line -> line.startsWith("HASH ")).findFirst().orElseThrow(() -> new AssertionError(output));
    try (TestDaemon daemon = daemon()) {
      assertThat("HASH " + renderedHash(daemon)).isEqualTo(hash);
    }
  }

  private static List<JsonNode> vowels(JsonNode score) {
    List<JsonNode> vowels = new ArrayList<>();
    score.path("phonemes").forEach(phoneme -> {
      if (phoneme.path("kind").asText().equals("vowel")) {
        vowels.add(phoneme);
      }
    });
    return vowels;
  }

  /** Frequency of the fundamental: how far its phase moves from one window to a later one, beyond what is expected. */
  private static double measuredHz(float[] samples, double fromSec, double expectedHz) {
    int window = RATE_HZ / 10;
    int apart = RATE_HZ / 20;
    int from = (int) (fromSec * RATE_HZ);
    double turned = phase(samples, from + apart, window, expectedHz) - phase(samples, from, window, expectedHz);
    double wrapped = Math.IEEEremainder(turned, 2 * Math.PI);
    return expectedHz + wrapped / (2 * Math.PI) * RATE_HZ / apart;
  }

  /** Phase against a reference that runs through the whole file. */
  private static double phase(float[] samples, int from, int window, double hz) {
    double real = 0;
    double imaginary = 0;
    for (int i = 0; i < window; i++) {
      double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
      double angle = 2 * Math.PI * hz * (from + i) / RATE_HZ;
      real += weight * samples[from + i] * Math.cos(angle);
      imaginary -= weight * samples[from + i] * Math.sin(angle);
    }
    return Math.atan2(imaginary, real);
  }

  /** Where notes meet and end, nothing jumps further than the waveform does by itself inside the notes. */
  private static void assertNoClicks(float[] samples, double reportedDelta) {
    float inside = 0;
    float boundary = 0;
    for (int i = 1; i < samples.length; i++) {
      float delta = Math.abs(samples[i] - samples[i - 1]);
      double sinceBoundary = (i / (double) RATE_HZ) % NOTE_SEC;
      if (Math.min(sinceBoundary, NOTE_SEC - sinceBoundary) < 0.005) {
        boundary = Math.max(boundary, delta);
      } else {
        inside = Math.max(inside, delta);
      }
    }
    assertThat(boundary).isLessThanOrEqualTo(inside);
    assertThat((double) Math.max(inside, boundary)).isCloseTo(reportedDelta, org.assertj.core.data.Offset.offset(1e-6));
  }
}
