package dev.cantora.engine.lyrics.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Syllable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules that consonants' lengths follow, one by one. */
class ConsonantLengthTest {
  private static final double ROUNDING = 1e-9;

  private static Syllable syllable(List<Phone> onset, List<Phone> coda, int stress) {
    return new Syllable(onset, Phone.AA, coda, stress);
  }

  private static double onset(Phone phone, int stress, double noteSec, boolean initial) {
    return ConsonantLength.onset(syllable(List.of(phone), List.of(), stress), noteSec, initial)[0];
  }

  private static double[] coda(double noteSec, boolean phraseFinal, Phone... phones) {
    return ConsonantLength.coda(syllable(List.of(), List.of(phones), 1), noteSec, phraseFinal);
  }

  @Test
  void insideAPhraseACodaOfOneSecondLastsAsInSpeech() {
    for (Phone phone : List.of(Phone.S, Phone.N, Phone.L, Phone.T, Phone.B)) {
      assertThat(coda(1, false, phone)).containsExactly(phone.inherentSec());
    }
  }

  @Test
  void theEndOfAPhraseIsLengthenedAndStopsLess() {
    assertThat(coda(1, true, Phone.S)[0]).isCloseTo(2.6 * Phone.S.inherentSec(), within(ROUNDING));
    assertThat(coda(1, true, Phone.T)[0]).isCloseTo(2.3 * Phone.T.inherentSec(), within(ROUNDING));
    assertThat(coda(1, true, Phone.CH)[0]).isCloseTo(2.3 * Phone.CH.inherentSec(), within(ROUNDING));
  }

  @Test
  void neighboursShortenAConsonant() {
    double[] two = coda(1, false, Phone.S, Phone.T);
    assertThat(two[0]).isCloseTo(0.7 * Phone.S.inherentSec(), within(ROUNDING));
    double[] three = coda(1, false, Phone.N, Phone.S, Phone.T);
    assertThat(three[1]).as("S between two, but no shorter than it can be").isEqualTo(Phone.S.leastSec());
    assertThat(Arrays.stream(three).sum()).isLessThan(Phone.N.inherentSec() + Phone.S.inherentSec() + Phone.T.inherentSec());
  }

  @Test
  void onsetsAreClearClearestFirstAndWeakWithoutStress() {
    assertThat(onset(Phone.S, 1, 1, false)).isCloseTo(1.4 * Phone.S.inherentSec(), within(ROUNDING));
    assertThat(onset(Phone.S, 1, 1, true)).isCloseTo(2 * Phone.S.inherentSec(), within(ROUNDING));
    assertThat(onset(Phone.S, 0, 1, false)).isCloseTo(0.85 * onset(Phone.S, 1, 1, false), within(ROUNDING));
    assertThat(onset(Phone.HH, 1, 1, true)).as("the contract gives the length of /h/").isCloseTo(0.060, within(ROUNDING));
  }

  @Test
  void lengthsFollowTheNoteSlowlyAndWithinBounds() {
    double usual = coda(1, false, Phone.N)[0];
    assertThat(coda(0.5, false, Phone.N)[0]).isCloseTo(usual * Math.pow(0.5, 0.2), within(ROUNDING));
    assertThat(coda(2, false, Phone.N)[0]).isCloseTo(usual * Math.pow(2, 0.2), within(ROUNDING));
    assertThat(coda(0.01, false, Phone.N)[0]).isCloseTo(0.6 * usual, within(ROUNDING));
    assertThat(coda(60, false, Phone.N)[0]).isCloseTo(1.25 * usual, within(ROUNDING));
  }
}
