package dev.cantora.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cantora.api.model.Note;
import dev.cantora.api.model.Score;
import org.junit.jupiter.api.Test;

class MelodyTest {

  @Test
  void pitchNamesAreMidiNumbers() {
    assertThat(Melody.midi("C4")).isEqualTo(60);
    assertThat(Melody.midi("A4")).isEqualTo(69);
    assertThat(Melody.midi("F#3")).isEqualTo(54);
    assertThat(Melody.midi("Bb5")).isEqualTo(82);
    assertThat(Melody.midi("C-1")).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> Melody.midi("H4"));
    assertThatIllegalArgumentException().isThrownBy(() -> Melody.midi("A9"));
  }

  @Test
  void notesFollowEachOtherInBeats() {
    Score score = Melody.atTempo(120).sing("C4", 1, "la").rest(0.5).sing("E4", 2, null).toScore();
    assertThat(score.notes()).extracting(Note::startSec).containsExactly(0.0, 0.75);
    assertThat(score.notes()).extracting(Note::durationSec).containsExactly(0.5, 1.0);
    assertThat(score.notes()).extracting(Note::lyric).containsExactly("la", null);
  }
}
