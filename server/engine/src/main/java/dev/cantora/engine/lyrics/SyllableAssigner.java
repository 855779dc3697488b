package dev.cantora.engine.lyrics;

import dev.cantora.engine.lyrics.phonology.Syllable;
import dev.cantora.engine.lyrics.text.LyricTokenizer;
import dev.cantora.engine.lyrics.text.PhraseBreak;
import dev.cantora.engine.lyrics.text.Warnings;
import dev.cantora.engine.lyrics.timing.Assignment;
import dev.cantora.engine.lyrics.timing.NoteLines;
import dev.cantora.engine.lyrics.timing.SungSyllable;
import dev.cantora.engine.score.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
      new OwnLyrics().assign(line);
    }
    assignText(text);
    return assignments;
  }

  /** The lyrics that notes of one line have themselves. */
  private final class OwnLyrics {
    /** Notes of the word that is being read: those that spell it and those with {@code +}. */
    private final List<Integer> targets = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean goesOn;

    void assign(List<Integer> line) {
      for (int index : line) {
        String lyric = notes.get(index).lyric();
        if (lyric != null && !lyric.isBlank()) {
          read(index, lyric.strip());
        }
      }
      sing();
    }

    private void read(int index, String lyric) {
      if (lyric.equals("+")) {
        targets.add(index);
      } else if (LyricTokenizer.isHold(lyric)) {
        assignments[index] = HOLD;
      } else {
        if (!goesOn && !lyric.startsWith("-")) {
          sing();
        }
        targets.add(index);
        goesOn = lyric.endsWith("-");
        word.append(lyric, lyric.startsWith("-") ? 1 : 0, lyric.length() - (goesOn ? 1 : 0));
      }
    }

    /** One syllable for each note of the word; what is left over is sung on the last, notes left over hold. */
    private void sing() {
      List<SungSyllable> syllables = new ArrayList<>();
      for (WordSpeaker.Item item : speaker.speakAgain(word.toString())) {
        if (item instanceof WordSpeaker.Item.Spoken spoken) {
          syllables.addAll(sung(spoken.word()));
        }
      }
      contract(syllables, targets.size());
      for (int i = 0; i < targets.size(); i++) {
        int to = i + 1 < targets.size() ? i + 1 : syllables.size();
        assignments[targets.get(i)] =
            i < syllables.size() ? new Assignment.Sing(syllables.subList(i, Math.min(to, syllables.size()))) : HOLD;
      }
      targets.clear();
      word.setLength(0);
      goesOn = false;
    }
  }

  private void assignText(String text) {
    if (text.isBlank()) {
      return;
    }
    List<List<Integer>> slots = NoteLines.chords(notes).stream()
        .map(chord -> chord.stream().filter(i -> notes.get(i).lyric() == null).toList())
        .filter(chord -> !chord.isEmpty()).toList();
    List<SungSyllable> pending = new ArrayList<>(); // null: hold
    for (WordSpeaker.Item item : speaker.speak(text)) {
      switch (item) {
        case WordSpeaker.Item.Hold hold -> pending.add(null);
        case WordSpeaker.Item.Spoken spoken -> pending.addAll(sung(spoken.word()));
      }
    }
    contract(pending, slots.size());
    int used = Math.min(pending.size(), slots.size());
    for (int i = 0; i < used; i++) {
      Assignment assignment = pending.get(i) == null ? HOLD : new Assignment.Sing(List.of(pending.get(i)));
      slots.get(i).forEach(note -> assignments[note] = assignment);
    }
    long dropped = pending.subList(used, pending.size()).stream().filter(s -> s != null).count();
    if (dropped > 0) {
      warnings.add(dropped + (dropped == 1 ? " syllable was" : " syllables were")
          + " dropped: the lyrics have more syllables than there are notes.");
    }
  }

  /** Joins weak syllables to those before them until there are no more syllables than notes. */
  private void contract(List<SungSyllable> syllables, int notes) {
    int surplus = syllables.size() - notes;
    if (surplus <= 0) {
      return;
    }
    var out = new ArrayList<SungSyllable>();
    for (SungSyllable sung : syllables) {
      SungSyllable before = out.isEmpty() ? null : out.getLast();
      var joined = surplus > 0 && sung != null && before != null
          ? speaker.contract(before.syllable(), sung.syllable()) : Optional.<Syllable>empty();
      if (joined.isPresent()) {
        out.set(out.size() - 1, new SungSyllable(joined.get(), before.after().orStronger(sung.after())));
        surplus--;
      } else {
        out.add(sung);
      }
    }
    syllables.clear();
    syllables.addAll(out);
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
