package dev.cantora.engine.lyrics;

import dev.cantora.engine.lyrics.phonology.Syllable;
import dev.cantora.engine.lyrics.text.LyricTokenizer;
import dev.cantora.engine.lyrics.text.PhraseBreak;
import dev.cantora.engine.lyrics.text.Warnings;
import dev.cantora.engine.lyrics.timing.Assignment;
import dev.cantora.engine.lyrics.timing.NoteLines;
import dev.cantora.engine.lyrics.timing.SungSyllable;
import dev.cantora.engine.score.Note;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decides what each note sings. */
final class SyllableAssigner {
  private static final Assignment SILENT = new Assignment.Silent();
  private static final Assignment HOLD = new Assignment.Hold();

  private final WordSpeaker speaker;
  private final List<Note> notes;
  private final Warnings warnings;
  private final Assignment[] assignments;

  SyllableAssigner(WordSpeaker speaker, List<Note> notes, Warnings warnings) {
    this.speaker = speaker;
    this.notes = notes;
    this.warnings = warnings;
    this.assignments = new Assignment[notes.size()];
    Arrays.fill(assignments, SILENT);
  }

  Assignment[] assign(String text) {
    for (List<Integer> line : NoteLines.lines(notes)) {
      assignOwn(line);
    }
    assignText(text);
    return assignments;
  }

  /** Notes with their own lyric; syllables that find no {@code +} are sung on the note of their word. */
  private void assignOwn(List<Integer> line) {
    var waiting = new ArrayDeque<SungSyllable>();
    int wordAt = -1;
    for (int index : line) {
      String lyric = notes.get(index).lyric();
      if (lyric == null || lyric.isBlank()) {
        continue;
      }
      if (lyric.strip().equals("+") && !waiting.isEmpty()) {
        assignments[index] = new Assignment.Sing(List.of(waiting.poll()));
        wordAt = index;
        continue;
      }
      if (LyricTokenizer.isHold(lyric.strip())) {
        assignments[index] = HOLD;
        continue;
      }
      singHere(wordAt, waiting);
      speaker.speak(lyric).forEach(item -> {
        if (item instanceof WordSpeaker.Item.Spoken s) {
          waiting.addAll(sung(s.word()));
        }
      });
      if (!waiting.isEmpty()) {
        assignments[index] = new Assignment.Sing(List.of(waiting.poll()));
        wordAt = index;
      }
    }
    singHere(wordAt, waiting);
  }

  private void singHere(int noteIndex, ArrayDeque<SungSyllable> waiting) {
    if (!waiting.isEmpty() && assignments[noteIndex] instanceof Assignment.Sing sing) {
      var all = new ArrayList<>(sing.syllables());
      all.addAll(waiting);
      assignments[noteIndex] = new Assignment.Sing(all);
      waiting.clear();
    }
  }

  private void assignText(String text) {
    var pending = new ArrayList<Assignment>();
    for (WordSpeaker.Item item : speaker.speak(text)) {
      switch (item) {
        case WordSpeaker.Item.Hold hold -> pending.add(HOLD);
        case WordSpeaker.Item.Spoken spoken ->
            sung(spoken.word()).forEach(s -> pending.add(new Assignment.Sing(List.of(s))));
      }
    }
    int used = 0;
    for (List<Integer> chord : NoteLines.chords(notes)) {
      List<Integer> wordless = chord.stream().filter(i -> notes.get(i).lyric() == null).toList();
      if (!wordless.isEmpty() && used < pending.size()) {
        Assignment next = pending.get(used++);
        wordless.forEach(i -> assignments[i] = next);
      }
    }
    long dropped = pending.subList(used, pending.size()).stream().filter(Assignment.Sing.class::isInstance).count();
    if (dropped > 0) {
      warnings.add(dropped + (dropped == 1 ? " syllable was" : " syllables were")
          + " dropped: the lyrics have more syllables than there are notes.");
    }
  }

  private static List<SungSyllable> sung(PronouncedWord word) {
    var out = new ArrayList<SungSyllable>();
    List<Syllable> syllables = word.syllables();
    for (int i = 0; i < syllables.size(); i++) {
      out.add(new SungSyllable(syllables.get(i), i + 1 < syllables.size() ? PhraseBreak.NONE : word.after()));
    }
    return out;
  }
}
