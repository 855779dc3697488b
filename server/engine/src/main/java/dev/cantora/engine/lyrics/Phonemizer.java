package dev.cantora.engine.lyrics;

import dev.cantora.engine.lyrics.language.Language;
import dev.cantora.engine.lyrics.language.Languages;
import dev.cantora.engine.lyrics.phonology.Segment;
import dev.cantora.engine.lyrics.text.Warnings;
import dev.cantora.engine.lyrics.timing.Assignment;
import dev.cantora.engine.lyrics.timing.NoteLines;
import dev.cantora.engine.lyrics.timing.SingingTimer;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Words to timed phonemes. One instance serves all threads; the dictionary is loaded at the first English word.
 *
 * <p>Text: words in order; {@code -}, {@code +} or {@code _} alone carries a syllable over one more note; brackets hold
 * ARPAbet, alone ({@code [hh eh l ow]}) or directly after the word they pronounce ({@code live[l ay v]}). Syllable i of
 * the text goes to the i-th of the notes without a lyric of their own, sorted by start; notes that start together share
 * it. {@link Note#lyric()} holds the same notation for one note: several syllables share the note, unless notes with
 * {@code +} follow, which take them one by one; {@code -} always carries on.
 */
public final class Phonemizer {
  private final Languages languages = new Languages();

  /** Primary language subtags that are understood. */
  public List<String> languages() {
    return languages.tags();
  }

  /** Primary subtag of the language that a tag chooses; English for null, blank and unknown tags. */
  public String language(String tag) {
    return languages.choose(tag, new Warnings()).tag();
  }

  /** The form under which a word is looked up in a dictionary; empty when nothing of it can be looked up. */
  public String dictionaryKey(String language, String word) {
    return languages.choose(language, new Warnings()).dictionaryKey(word.strip());
  }

  /** Whether a symbol, with or without stress digit, is in the inventory. */
  public static boolean isPhoneme(String symbol) {
    return Segment.parse(symbol).isPresent();
  }

  /**
   * Words without notes.
   *
   * @param language BCP 47 tag, null for English
   * @param userDictionary lower-case word to ARPAbet symbols; goes before the built-in one
   */
  public WordsResult words(String text, String language, Map<String, List<String>> userDictionary) {
    var warnings = new Warnings();
    var speaker = new WordSpeaker(languages,
        languages.choose(language, warnings), userDictionary, warnings);
    var words = new ArrayList<PronouncedWord>();
    for (WordSpeaker.Item item : speaker.speak(text)) {
      if (item instanceof WordSpeaker.Item.Spoken spoken) {
        words.add(spoken.word());
      }
    }
    return new WordsResult(words, warnings.list());
  }

  /**
   * Words on notes.
   *
   * @param text may be empty when notes have lyrics of their own
   * @param language BCP 47 tag, null for English
   * @param notes in any order
   * @param userDictionary lower-case word to ARPAbet symbols; goes before the built-in one
   */
  public PhonemizeResult align(
      String text, String language, List<Note> notes, Map<String, List<String>> userDictionary) {
    var warnings = new Warnings();
    Language chosen = languages.choose(language, warnings);
    var speaker = new WordSpeaker(languages, chosen, userDictionary, warnings);
    Assignment[] assignments = new SyllableAssigner(speaker, notes, warnings).assign(text);
    var events = new ArrayList<TimedPhoneme>();
    for (List<Integer> line : NoteLines.lines(notes)) {
      SingingTimer.time(line.stream().map(notes::get).toList(), line.stream().map(i -> assignments[i]).toList(),
          events);
    }
    events.sort(Comparator.comparingDouble(TimedPhoneme::tSec));
    return new PhonemizeResult(events, warnings.list());
  }

  /** The events of a score with words; those it already has, when it has any. */
  public PhonemizeResult align(Score score, Map<String, List<String>> userDictionary) {
    if (score.phonemes() != null) {
      return new PhonemizeResult(score.phonemes(), List.of());
    }
    var dictionary = new java.util.HashMap<>(userDictionary);
    dictionary.putAll(score.dictionary());
    return align(score.lyrics() == null ? "" : score.lyrics().text(),
        score.lyrics() == null ? null : score.lyrics().language(), score.notes(), dictionary);
  }

  /** The score with phonemes in place of its words; the same score when it has phonemes already or no words. */
  public Score withPhonemes(Score score, Map<String, List<String>> userDictionary) {
    boolean words = score.lyrics() != null || score.notes().stream().anyMatch(n -> n.lyric() != null);
    if (score.phonemes() != null || !words) {
      return score;
    }
    return new Score(score.bpm(), score.notes(), score.lyrics(), align(score, userDictionary).events(), score.lanes(),
        score.dictionary());
  }

  /** {@link #withPhonemes(Score, Map)} with no dictionary but the score's own. */
  public Score withPhonemes(Score score) {
    return withPhonemes(score, Map.of());
  }
}
