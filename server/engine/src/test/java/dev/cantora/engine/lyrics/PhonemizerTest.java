package dev.cantora.engine.lyrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cantora.engine.lyrics.phonology.PronunciationSource;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhonemizerTest {
  private final Phonemizer phonemizer = new Phonemizer();

  private static Note note(String id, double startSec, double durationSec, String lyric) {
    return new Note(id, startSec, durationSec, 60, 1, null, null, 0, 0, null, lyric);
  }

  private List<TimedPhoneme> sing(String text, Note... notes) {
    return phonemizer.align(text, "en", List.of(notes), Map.of()).events();
  }

  private static List<String> symbols(List<TimedPhoneme> events) {
    return events.stream().map(TimedPhoneme::phoneme).toList();
  }

  private static TimedPhoneme only(List<TimedPhoneme> events, String symbol) {
    return events.stream().filter(e -> e.phoneme().equals(symbol)).findFirst().orElseThrow();
  }

  @Test
  void anOnsetAtTheStartOfTheScoreStartsTheNote() {
    List<TimedPhoneme> events = sing("huh", note("a", 0, 1, null));
    assertThat(symbols(events)).containsExactly("HH", "AH");
    assertThat(events.get(0).tSec()).isZero();
    assertThat(events.get(0).durSec()).isCloseTo(0.060, within(1e-9));
    assertThat(events.get(1).durSec()).isCloseTo(0.940, within(1e-9));
    assertThat(events.get(1).timbreHint()).isEqualTo("AH");
    assertThat(events.get(0).strength()).isEqualTo(0.5);
  }

  @Test
  void theVowelBeginsOnTheBeatAndItsOnsetBefore() {
    List<TimedPhoneme> events = sing("la see", note("a", 1, 0.5, null), note("b", 1.5, 0.5, null));
    assertThat(symbols(events)).containsExactly("L", "AA", "S", "IY");
    assertThat(events.get(1).tSec()).isEqualTo(1);
    assertThat(events.get(3).tSec()).isEqualTo(1.5);
    assertThat(events.get(2).endSec()).isCloseTo(1.5, within(1e-9));
    assertThat(events.get(1).endSec()).isCloseTo(events.get(2).tSec(), within(1e-9));
    assertThat(events.get(2).noteId()).isEqualTo("b");
  }

  @Test
  void shortNotesKeepHalfOfThemselvesForTheVowel() {
    List<TimedPhoneme> events = sing("strengths strengths", note("a", 1, 0.12, null), note("b", 1.12, 0.12, null));
    assertThat(events.get(4 - 1).phoneme()).isEqualTo("EH");
    assertThat(events.get(4 - 1).durSec()).isGreaterThanOrEqualTo(0.06 - 1e-9);
  }

  @Test
  void codaEndsWithTheNote() {
    List<TimedPhoneme> events = sing("cat", note("a", 1, 0.8, null));
    assertThat(only(events, "T").endSec()).isCloseTo(1.8, within(1e-9));
  }

  @Test
  void melismaCarriesTheVowelAndMovesTheCoda() {
    List<TimedPhoneme> events =
        sing("", note("a", 1, 0.5, "sun"), note("b", 1.5, 0.5, "-"), note("c", 2, 0.5, "+"));
    assertThat(symbols(events)).containsExactly("S", "AH", "AH", "AH", "N");
    assertThat(events.stream().map(TimedPhoneme::noteId)).containsExactly("a", "a", "b", "c", "c");
    assertThat(events.get(4).endSec()).isCloseTo(2.5, within(1e-9));
  }

  @Test
  void plusTakesTheNextSyllableOfALongWord() {
    List<TimedPhoneme> events = sing("", note("a", 1, 0.5, "hello"), note("b", 1.5, 0.5, "+"));
    assertThat(symbols(events)).containsExactly("HH", "AH", "L", "OW");
    assertThat(events.get(3).noteId()).isEqualTo("b");
  }

  @Test
  void aLongWordOnOneNoteIsSungOnIt() {
    List<TimedPhoneme> events = sing("", note("a", 1, 1, "hello"), note("b", 2, 1, "you"));
    assertThat(symbols(events)).containsExactly("HH", "AH", "L", "OW", "Y", "UW");
    assertThat(events.get(3).noteId()).isEqualTo("a");
  }

  @Test
  void notesAreSortedByTime() {
    List<TimedPhoneme> events = sing("la see", note("b", 2, 0.5, null), note("a", 1, 0.5, null));
    assertThat(only(events, "AA").noteId()).isEqualTo("a");
    assertThat(only(events, "IY").noteId()).isEqualTo("b");
  }

  @Test
  void surplusSyllablesAreDroppedWithAWarning() {
    PhonemizeResult result = phonemizer.align("la la la", "en", List.of(note("a", 0, 1, null)), Map.of());
    assertThat(symbols(result.events())).containsExactly("L", "AA");
    assertThat(result.warnings()).anySatisfy(w -> assertThat(w).contains("2 syllables"));
  }

  @Test
  void chordsShareASyllable() {
    List<TimedPhoneme> events = sing("la see", note("a", 1, 1, null), note("b", 1, 1, null), note("c", 2, 1, null));
    assertThat(events.stream().filter(e -> e.phoneme().equals("AA"))).hasSize(2);
    assertThat(only(events, "IY").noteId()).isEqualTo("c");
  }

  @Test
  void hintsSpellASound() {
    assertThat(symbols(sing("[hh eh l ow]", note("a", 1, 1, null), note("b", 2, 1, null))))
        .containsExactly("HH", "EH", "L", "OW");
    WordsResult words = phonemizer.words("live[l ay v]", "en", Map.of());
    assertThat(words.words()).singleElement().satisfies(w -> {
      assertThat(w.word()).isEqualTo("live");
      assertThat(w.source()).isEqualTo(PronunciationSource.HINT);
      assertThat(w.phones()).hasToString("[L, AY, V]");
    });
  }

  @Test
  void theUsersDictionaryGoesFirst() {
    WordsResult words = phonemizer.words("Hello", "en", Map.of("HELLO", List.of("Y", "OW1")));
    assertThat(words.words().getFirst().source()).isEqualTo(PronunciationSource.USER);
    assertThat(words.words().getFirst().phones()).hasToString("[Y, OW]");
  }

  @Test
  void curlyApostrophesAreApostrophes() {
    assertThat(phonemizer.words("don’t", "en", Map.of()).words().getFirst().source())
        .isEqualTo(PronunciationSource.DICTIONARY);
  }

  @Test
  void wordsWithoutVowelsAreHeld() {
    List<TimedPhoneme> events = sing("hmm shh", note("a", 1, 1, null), note("b", 2, 1, null));
    assertThat(symbols(events)).containsExactly("HH", "EM", "SH");
    assertThat(only(events, "SH").durSec()).isCloseTo(1, within(1e-9));
  }

  @Test
  void anUnknownLanguageWarnsAndIsSungAsEnglish() {
    PhonemizeResult result = phonemizer.align("hello", "tlh", List.of(note("a", 0, 1, null)), Map.of());
    assertThat(result.warnings()).anySatisfy(w -> assertThat(w).contains("tlh"));
    assertThat(result.events()).isNotEmpty();
    assertThat(phonemizer.align("la", "EN-gb", List.of(note("a", 0, 1, null)), Map.of()).warnings()).isEmpty();
  }

  @Test
  void aScoreGetsPhonemesOnlyWhenItHasNone() {
    var words = new Score(120, List.of(note("a", 0, 1, null)), new Lyrics("la", null), null, null, null);
    assertThat(phonemizer.withPhonemes(words).phonemes()).hasSize(2);
    var own = new Score(120, List.of(note("a", 0, 1, null)), new Lyrics("la", null), List.of(), null, null);
    assertThat(phonemizer.withPhonemes(own)).isSameAs(own);
    var wordless = new Score(120, List.of(note("a", 0, 1, null)), null, null, null, null);
    assertThat(phonemizer.withPhonemes(wordless)).isSameAs(wordless);
  }

  @Test
  void fragmentsOfAWordAreReadAsTheWord() {
    List<TimedPhoneme> events =
        sing("", note("a", 1, 0.5, "a-"), note("b", 1.5, 0.5, "ma-"), note("c", 2, 0.5, "zing"));
    assertThat(symbols(events)).containsExactly("AH", "M", "EY", "Z", "IH", "NG");
    assertThat(only(events, "EY").tSec()).isEqualTo(1.5);
    assertThat(symbols(sing("a- ma- zing", note("a", 1, 1, null), note("b", 2, 1, null), note("c", 3, 1, null))))
        .containsExactly("AH", "M", "EY", "Z", "IH", "NG");
  }

  @Test
  void aSyllableMayLastOverTextNotes() {
    List<TimedPhoneme> events = sing("sun - day", note("a", 1, 1, null), note("b", 2, 1, null), note("c", 3, 1, null));
    assertThat(events.stream().map(e -> e.phoneme() + e.noteId())).containsExactly("Sa", "AHa", "AHb", "Nb", "Dc", "EYc");
  }

  @Test
  void weakMorasShareANoteWhenNotesAreFew() {
    assertThat(symbols(phonemizer.align("とうきょう", "ja", List.of(note("a", 1, 1, null), note("b", 2, 1, null)),
        Map.of()).events())).containsExactly("T", "AO", "K", "Y", "AO");
    assertThat(symbols(phonemizer.align("", "ja", List.of(note("a", 1, 1, "らん")), Map.of()).events()))
        .containsExactly("DX", "AA", "N");
  }

  @Test
  void aStopInTheTextLeavesABreath() {
    List<TimedPhoneme> events = sing("la. la", note("a", 1, 1, null), note("b", 2, 1, null));
    assertThat(events.get(1).endSec()).isCloseTo(1.8, within(1e-9));
    assertThat(events.get(3).tSec()).isEqualTo(2);
  }

  @Test
  void crossedVoicesKeepTheirOwnLines() {
    List<TimedPhoneme> events = sing("", note("long", 1, 4, "sun"), note("x", 2, 1, "la"), note("y", 3, 1, "la"));
    assertThat(events.stream().filter(e -> e.noteId().equals("long")).toList().getLast().endSec())
        .isCloseTo(5, within(1e-9));
  }
}
