package dev.cantora.engine.voice.formant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.VoiceLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormantPresetTest {

  @TempDir Path presets;

  @Test
  void aComputedPresetLoadsWithItsHashVerified() throws Exception {
    FormantTables.woman("computed").write(presets.resolve("computed"));

    Voice voice = new VoiceLoader(presets, warning -> {
      throw new AssertionError(warning);
    }).load("computed");

    assertThat(voice.timbres()).containsExactly("AH", "EE", "OO");
    assertThat(voice.sampleRateHz()).isEqualTo(48000);
  }

  @Test
  void theSameTableGivesTheSameBytes() throws Exception {
    String first = FormantTables.man("one").write(presets.resolve("one"));
    String second = FormantTables.man("one").write(presets.resolve("two"));
    assertThat(first).isEqualTo(second);
  }

  @Test
  void levelsPeakAtTheFormants() {
    FormantVowel vowel = new FormantVowel("EE", new double[] {342, 2322, 3000}, new double[] {80, 90, 150});
    assertThat(vowel.levelDb(342, 600, 12)).isGreaterThan(vowel.levelDb(900, 600, 12) + 20);
    assertThat(vowel.levelDb(2322, 600, 12)).isGreaterThan(vowel.levelDb(1300, 600, 12) + 10);
  }
}
