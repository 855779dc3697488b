package dev.cantora.engine.interchange;

import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.lyrics.text.LyricTokenizer;
import dev.cantora.engine.lyrics.timing.NoteLines;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which written words sound on which notes: what the note says itself, else the text's words, as many notes as syllables. */
final class SungWords {
  private static final double PAUSE_SEC = 0.7;
  private static final int MOST_WORDS = 8;

  private final Phonemizer phonemizer;
  private final Map<String, List<String>> dictionary;

  /** @param text as written @param startSec of its first note @param endSec of its last */
  record Word(String text, double startSec, double endSec) {}

  SungWords(Phonemizer phonemizer, Map<String, List<String>> dictionary) {
    this.phonemizer = phonemizer;
    this.dictionary = dictionary;
  }

  /** One lyric per note of the score, null for none; {@code -} holds, a trailing hyphen says that the word goes on. */
  List<String> lyrics(Score score) {
    String[] lyrics = score.notes().stream().map(Note::lyric).toArray(String[]::new);
    if (score.lyrics() != null) {
      List<List<Integer>> slots = NoteLines.chords(score.notes()).stream()
          .map(chord -> chord.stream().filter(i -> lyrics[i] == null).toList()).filter(chord -> !chord.isEmpty()).toList();
      int slot = 0;
      for (String part : score.lyrics().text().strip().split("\\s+")) {
        for (String syllable : syllables(part, score.lyrics().language())) {
          if (slot < slots.size()) {
            slots.get(slot++).forEach(i -> lyrics[i] = syllable);
          }
        }
      }
    }
    return Arrays.asList(lyrics);
  }

  /** The written word over as many notes as it has syllables: whole on the first, then {@code +}. */
  private List<String> syllables(String word, String language) {
    if (word.isEmpty() || LyricTokenizer.isHold(word)) {
      return word.isEmpty() ? List.of() : List.of("-");
    }
    int count = phonemizer.words(word, language, dictionary).words().stream().mapToInt(w -> w.syllables().size()).sum();
    List<String> syllables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      syllables.add(i == 0 ? word : "+");
    }
    return syllables;
  }

  /** Words in order of time, in lines that end at pauses, at the ends of sentences, or when they get long. */
  List<List<Word>> lines(Score score) {
    List<Word> words = words(score);
    List<List<Word>> lines = new ArrayList<>();
    for (Word word : words) {
      List<Word> line = lines.isEmpty() ? null : lines.getLast();
      boolean newLine = line == null || line.size() >= MOST_WORDS || word.startSec() - line.getLast().endSec() > PAUSE_SEC
          || line.getLast().text().matches(".*[.!?;:\u3002]");
      if (newLine) {
        lines.add(line = new ArrayList<>());
      }
      line.add(word);
    }
    return lines;
  }

  private List<Word> words(Score score) {
    List<String> lyrics = lyrics(score);
    List<Word> words = new ArrayList<>();
    Map<String, Double> taken = new HashMap<>();
    boolean goesOn = false;
    for (int index : NoteLines.order(score.notes())) {
      Note note = score.notes().get(index);
      String lyric = lyrics.get(index) == null ? "" : lyrics.get(index).strip();
      if (lyric.isEmpty() || taken.containsKey(lyric) && taken.get(lyric) == note.startSec()) {
        continue; // no words, or a chord that sings one together
      }
      taken.put(lyric, note.startSec());
      boolean continued = lyric.equals("+") || LyricTokenizer.isHold(lyric) || goesOn || lyric.startsWith("-");
      String text = lyric.equals("+") || LyricTokenizer.isHold(lyric) ? "" : lyric.replaceAll("^-|-$|\\[[^]]*]", "");
      if (continued && !words.isEmpty()) {
        Word before = words.removeLast();
        words.add(new Word(before.text() + text, before.startSec(), Math.max(before.endSec(), note.endSec())));
      } else if (!text.isEmpty()) {
        words.add(new Word(text, note.startSec(), note.endSec()));
      }
      if (!text.isEmpty()) {
        goesOn = lyric.endsWith("-");
      }
    }
    return words;
  }
}
