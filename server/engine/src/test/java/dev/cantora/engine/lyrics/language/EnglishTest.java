package dev.cantora.engine.lyrics.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.lyrics.PronouncedWord;
import dev.cantora.engine.lyrics.WordsResult;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnglishTest {
  private static final Phonemizer PHONEMIZER = new Phonemizer();

  private static WordsResult words(String text) {
    return PHONEMIZER.words(text, "en", Map.of());
  }

  private static String sounds(String text) {
    return words(text).words().stream().flatMap(w -> w.phones().stream()).map(Enum::name)
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "hello | HH AH L OW",
    "amazing grace | AH M EY Z IH NG G R EY S",
    "live | L IH V",
    "the moon | DH AH M UW N",
    "the apple | DH IY AE P AH L",
    "the hour | DH IY AW R",
    "ev’ry | EH V R IY",
    "heav'n | HH EH V N",
    "bless'd | B L EH S T",
    "wond'rous | W AH N D R AH S",
    "lovin' | L AH V IH N",
    "'hello' | HH AH L OW",
    "zebra's | Z IY B R AH Z",
    "a-maz-ing | AH M EY Z IH NG",
    "café | K AH F EY",
    "naïve | N AY IY V",
    "R.E.M. | AA R IY EH M",
    "psst | P S T",
  })
  void pronounces(String text, String phonemes) {
    assertThat(sounds(text)).isEqualTo(phonemes);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "0 | zero",
    "21 | twenty one",
    "101 | one hundred one",
    "1,000,000 | one million",
    "3.14 | three point one four",
    "50% | fifty percent",
    "1999 | nineteen ninety nine",
    "1905 | nineteen oh five",
    "1900 | nineteen hundred",
    "2000 | two thousand",
    "2007 | two thousand seven",
    "2024 | twenty twenty four",
    "1980s | nineteen eighties",
    "'90s | nineties",
    "1st | first",
    "22nd | twenty second",
    "20th | twentieth",
    "112th | one hundred twelfth",
    "$5 | five dollars",
    "$1.50 | one dollar fifty cents",
    "£3 | three pounds",
    "10:30 | ten thirty",
    "7:00 | seven o'clock",
    "9:05pm | nine oh five p m",
    "#1 | number one",
    "007 | zero zero seven",
    "mp3 | m p three",
    "VIII | eight",
    "XXIV | twenty four",
    "& | and",
    "Dr. | doctor",
    "St. | saint",
    "Mrs. | missus",
  })
  void spellsOut(String text, String inWords) {
    assertThat(sounds(text)).isEqualTo(sounds(inWords));
    assertThat(words(text).words()).hasSize(1);
  }

  @Test
  void unknownWordsAreGuessedWithAWarning() {
    WordsResult result = words("flimbrastic");
    assertThat(result.words().getFirst().source().wireName()).isEqualTo("fallback");
    assertThat(result.words().getFirst().phones()).hasToString("[F, L, IH, M, B, R, AE, S, T, IH, K]");
    assertThat(result.warnings()).singleElement().asString().contains("flimbrastic");
  }

  @Test
  void dictionaryWordsNeedNoWarning() {
    assertThat(words("I don't know, it's the singer's song.").warnings()).isEmpty();
  }

  @Test
  void anAbbreviationDoesNotEndThePhrase() {
    var pauses = words("Dr. Jones, sing. Now").words().stream().map(PronouncedWord::after).map(Enum::name).toList();
    assertThat(pauses).containsExactly("NONE", "MINOR", "MAJOR", "NONE");
  }

  @ParameterizedTest
  @CsvSource({"hmm", "shh", "psst", "brr", "grr", "mmm", "tsk", "zzz", "pfft", "bcdfg", "ß", "тест"})
  void noWordVanishes(String word) {
    assertThat(words(word).words()).singleElement().satisfies(w -> assertThat(w.syllables()).isNotEmpty());
  }
}
