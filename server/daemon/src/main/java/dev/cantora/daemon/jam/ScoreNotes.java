package dev.cantora.daemon.jam;

import dev.cantora.daemon.jam.session.JamSettings;
import dev.cantora.daemon.jam.session.ScoreCursor;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.lyrics.PronouncedWord;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Scores and lyrics of one principal as notes that a track can play: each with the phonemes of its syllable. Thread-safe. */
final class ScoreNotes {

  private final Phonemizer phonemizer;
  private final Function<String, Map<String, List<String>>> own;

  /** @param own the principal's dictionary of a language, by its primary subtag */
  ScoreNotes(Phonemizer phonemizer, Function<String, Map<String, List<String>>> own) {
    this.phonemizer = phonemizer;
    this.own = own;
  }

  /**
   * Notes on the song line; ids are made unique, as a score may use one twice.
   *
   * @param language of lyrics that name none, or null
   */
  List<ScoreCursor.Sung> notes(Score score, String language) {
    Map<String, List<String>> syllables = new HashMap<>();
    Score said = inLanguage(score, language);
    Score spoken = phonemizer.withPhonemes(said, own(said.lyrics() == null ? null : said.lyrics().language()));
    if (spoken.phonemes() != null) {
      for (TimedPhoneme phoneme : spoken.phonemes()) {
        if (phoneme.noteId() != null) {
          syllables.computeIfAbsent(phoneme.noteId(), id -> new ArrayList<>()).add(phoneme.phoneme());
        }
      }
    }
    List<Note> sorted = score.notes().stream().sorted(Comparator.comparingDouble(Note::startSec)).toList();
    List<ScoreCursor.Sung> sung = new ArrayList<>();
    for (Note note : sorted) {
      LiveNote played = new LiveNote("score-" + sung.size() + "-" + note.id(), note.midi(), note.velocity(), note.timbre(),
          note.breathiness(), note.vibrato(), note.portamentoSec(), syllables.getOrDefault(note.id(), List.of()));
      sung.add(new ScoreCursor.Sung(played, sample(note.startSec()), sample(note.endSec())));
    }
    return sung;
  }

  private static Score inLanguage(Score score, String language) {
    Lyrics lyrics = score.lyrics();
    return language == null || lyrics == null || lyrics.language() != null ? score
        : new Score(score.bpm(), score.notes(), new Lyrics(lyrics.text(), language), score.phonemes(), score.lanes(),
            score.dictionary());
  }

  /** Phonemes of the first syllable of a live note's words. */
  List<String> syllable(String lyric, String language) {
    for (PronouncedWord word : phonemizer.words(lyric, language, own(language)).words()) {
      if (!word.syllables().isEmpty()) {
        return word.syllables().getFirst().phones().stream().map(Phone::name).toList();
      }
    }
    return List.of();
  }

  private Map<String, List<String>> own(String language) {
    return own.apply(phonemizer.language(language));
  }

  private static long sample(double sec) {
    return Math.round(sec * JamSettings.SAMPLE_RATE_HZ);
  }
}
