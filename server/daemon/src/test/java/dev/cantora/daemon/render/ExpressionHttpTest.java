package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import dev.cantora.daemon.testing.TestVoices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every expressive control that the contract names, asked for over HTTP and measured in the audio. */
class ExpressionHttpTest {
  private static final double A3 = 220;
  private static final String STRAIGHT = ",\"vibrato\":{\"rateHz\":0,\"depthCents\":0,\"onsetSec\":0}";
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start();
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
    TestVoices.write(daemon.folder().resolve("presets"), "vibrant");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  /** One note of one second at A3. @param note further members of it @param score further members of the score */
  private static Sound sing(String note, String score) {
    return Sound.of(daemon, Scores.body("{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":57" + STRAIGHT
        + note + "}]" + score + "}", "{\"normalize\":\"none\"}"));
  }

  private static Sound plain() {
    return sing("", "");
  }

  private static String lane(String name, double value) {
    return ",\"lanes\":{\"" + name + "\":[{\"tSec\":0,\"value\":" + value + "}]}";
  }

  @Test
  void aScoopRisesToTheNoteAndAFallLeavesIt() {
    Sound scooped = sing(",\"scoop\":{\"cents\":300,\"durationSec\":0.4}", "");
    assertThat(Sound.cents(scooped.pitchHz(0.06, A3), A3)).isBetween(-310.0, -230.0);
    assertThat(Sound.cents(scooped.pitchHz(0.2, A3), A3)).isBetween(-200.0, -100.0);
    assertThat(Sound.cents(scooped.pitchHz(0.6, A3), A3)).isBetween(-3.0, 3.0);
    Sound falling = sing(",\"fall\":{\"cents\":400,\"durationSec\":0.4}", "");
    assertThat(Sound.cents(falling.pitchHz(0.5, A3), A3)).isBetween(-3.0, 3.0);
    assertThat(Sound.cents(falling.pitchHz(0.8, A3), A3)).isBetween(-250.0, -150.0);
    assertThat(Sound.cents(falling.pitchHz(0.97, A3), A3)).isBetween(-410.0, -350.0);
  }

  @Test
  void portamentoGlidesFromTheNoteBeforeInAStraightLine() {
    String two = "{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":57" + STRAIGHT
        + "},{\"id\":\"b\",\"startSec\":1,\"durationSec\":1,\"midi\":62" + STRAIGHT + "%s}]}";
    Sound gliding = Sound.of(daemon, Scores.body(two.formatted(",\"portamentoSec\":0.4")));
    assertThat(Sound.cents(gliding.pitchHz(0.9, A3), A3)).isBetween(-3.0, 3.0);
    assertThat(Sound.cents(gliding.pitchHz(1.1, A3), A3)).isBetween(85.0, 165.0);
    assertThat(Sound.cents(gliding.pitchHz(1.3, 1.2 * A3), A3)).isBetween(335.0, 415.0);
    assertThat(Sound.cents(gliding.pitchHz(1.6, 1.3 * A3), A3)).isBetween(497.0, 503.0);
    Sound stepping = Sound.of(daemon, Scores.body(two.formatted("")));
    assertThat(Sound.cents(stepping.pitchHz(1.1, 1.3 * A3), A3)).as("without it the note is there at once").isBetween(490.0, 510.0);
  }

  @Test
  void theFormantsMoveByNoteAndByLane() {
    double neutral = plain().centroidHz(A3, 0.3, 0.8);
    assertThat(sing(",\"formantShift\":5", "").centroidHz(A3, 0.3, 0.8)).isGreaterThan(1.15 * neutral);
    assertThat(sing("", lane("formantShift", 5)).centroidHz(A3, 0.3, 0.8)).isGreaterThan(1.15 * neutral);
    Sound both = sing(",\"formantShift\":0", lane("formantShift", 5));
    assertThat(both.centroidHz(A3, 0.3, 0.8)).as("the note's own value goes before the lane").isBetween(0.98 * neutral, 1.02 * neutral);
    assertThat(sing(",\"formantShift\":-5", "").centroidHz(A3, 0.3, 0.8)).isLessThan(0.9 * neutral);
  }

  @Test
  void growlAddsASubharmonicAndFryDropsCycles() {
    double none = plain().amplitude(A3 / 2, 0.3, 0.8);
    double level = plain().amplitude(A3, 0.3, 0.8);
    assertThat(none).isLessThan(0.001 * level);
    for (Sound growling : new Sound[] {sing(",\"growl\":0.8", ""), sing("", lane("growl", 0.8))}) {
      assertThat(growling.amplitude(A3 / 2, 0.3, 0.8)).isGreaterThan(0.05 * level);
    }
    for (Sound frying : new Sound[] {sing(",\"fry\":1", ""), sing("", lane("fry", 1))}) {
      assertThat(frying.amplitude(A3 / 3, 0.3, 0.8)).isGreaterThan(0.03 * level);
      assertThat(frying.amplitude(A3, 0.3, 0.8)).isLessThan(0.7 * level);
    }
  }

  @Test
  void aWhisperHasNoVoiceAndBreathinessHasMoreAir() {
    Sound plain = plain();
    for (Sound whispered : new Sound[] {sing(",\"whisper\":1", ""), sing("", lane("whisper", 1))}) {
      assertThat(whispered.amplitude(A3, 0.3, 0.8)).as("noise alone").isLessThan(0.1 * plain.amplitude(A3, 0.3, 0.8));
      assertThat(whispered.between(A3, 0.3, 0.8)).isGreaterThan(3 * plain.between(A3, 0.3, 0.8));
    }
    for (Sound breathy : new Sound[] {sing(",\"breathiness\":1", ""), sing("", lane("breathiness", 1))}) {
      assertThat(breathy.between(A3, 0.3, 0.8)).isGreaterThan(3 * plain.between(A3, 0.3, 0.8));
      assertThat(breathy.amplitude(A3, 0.3, 0.8)).isBetween(0.8 * plain.amplitude(A3, 0.3, 0.8), 1.2 * plain.amplitude(A3, 0.3, 0.8));
    }
  }

  @Test
  void pressedIsBrighterThanLax() {
    double neutral = plain().highOverLow(A3, 0.3, 0.8);
    assertThat(sing(",\"tension\":1", "").highOverLow(A3, 0.3, 0.8)).isGreaterThan(1.3 * neutral);
    assertThat(sing("", lane("tension", 1)).highOverLow(A3, 0.3, 0.8)).isGreaterThan(1.3 * neutral);
    assertThat(sing(",\"tension\":-1", "").highOverLow(A3, 0.3, 0.8)).isLessThan(0.8 * neutral);
  }

  @Test
  void dynamicsChangeTheColourAndTheShareOfBreath() {
    Sound loud = sing(",\"breathiness\":0.5", lane("dynamics", 1));
    Sound soft = sing(",\"breathiness\":0.5", lane("dynamics", 0.25));
    assertThat(soft.amplitude(A3, 0.3, 0.8)).isLessThan(0.35 * loud.amplitude(A3, 0.3, 0.8));
    assertThat(soft.highOverLow(A3, 0.3, 0.8)).isLessThan(0.75 * loud.highOverLow(A3, 0.3, 0.8));
    assertThat(soft.between(A3, 0.3, 0.8) / soft.amplitude(A3, 0.3, 0.8))
        .isGreaterThan(1.2 * loud.between(A3, 0.3, 0.8) / loud.amplitude(A3, 0.3, 0.8));
  }

  @Test
  void theVoicesOwnVibratoComesLateAndWandersByTheSeed() {
    String score = "{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":3,\"midi\":57}]}";
    double[] one = pitches(score, 1);
    double[] again = pitches(score, 1);
    double[] other = pitches(score, 2);
    assertThat(spread(one, 0, 16)).as("straight at first").isLessThan(4);
    assertThat(spread(one, 60, one.length)).as("then by tens of cents").isBetween(40.0, 100.0);
    assertThat(again).isEqualTo(one);
    double difference = 0;
    for (int i = 60; i < one.length; i++) {
      difference = Math.max(difference, Math.abs(one[i] - other[i]));
    }
    assertThat(difference).as("another seed, another vibrato").isGreaterThan(2);
    assertThat(peaks(one)).as("neither rate nor depth is quite constant").isGreaterThan(1);
  }

  /** Cents against A3 every 20 ms. */
  private static double[] pitches(String score, int seed) {
    Sound sound = Sound.of(daemon, Scores.body(score, "{\"presetId\":\"vibrant\",\"rngSeed\":" + seed + "}"));
    double[] cents = new double[130];
    for (int i = 0; i < cents.length; i++) {
      cents[i] = Sound.cents(sound.pitchHz(0.1 + 0.02 * i, A3), A3);
    }
    return cents;
  }

  private static double spread(double[] values, int from, int to) {
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (int i = from; i < to; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    return most - least;
  }

  /** How much the heights of the maxima of a settled vibrato differ, in cents. */
  private static double peaks(double[] cents) {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int i = 61; i + 1 < cents.length; i++) {
      if (cents[i] > 10 && cents[i] >= cents[i - 1] && cents[i] > cents[i + 1]) {
        least = Math.min(least, cents[i]);
        most = Math.max(most, cents[i]);
      }
    }
    return most - least;
  }
}
