package dev.cantora.daemon.jam;

import dev.cantora.daemon.jam.session.JamSettings;
import dev.cantora.daemon.jam.session.ScoreCursor;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.lyrics.PronouncedWord;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scores and lyrics as notes that a track can play: each with the phonemes of its syllable. Thread-safe. */
final class ScoreNotes {

  private final Phonemizer phonemizer;

  ScoreNotes(Phonemizer phonemizer) {
    this.phonemizer = phonemizer;
  }

  /** Notes on the song line; ids are made unique, as a score may use one twice. */
  List<ScoreCursor.Sung> notes(Score score) {
    Map<String, List<String>> syllables = new HashMap<>();
    Score spoken = phonemizer.withPhonemes(score);
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

  /** Phonemes of the first syllable of a live note's words. */
  List<String> syllable(String lyric, String language) {
    for (PronouncedWord word : phonemizer.words(lyric, language, Map.of()).words()) {
      if (!word.syllables().isEmpty()) {
        return word.syllables().getFirst().phones().stream().map(Phone::name).toList();
      }
    }
    return List.of();
  }

  private static long sample(double sec) {
    return Math.round(sec * JamSettings.SAMPLE_RATE_HZ);
  }
}
