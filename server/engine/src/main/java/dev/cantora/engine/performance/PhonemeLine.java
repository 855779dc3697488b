package dev.cantora.engine.performance;

import dev.cantora.engine.performance.articulation.LinePhoneme;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what one singer pronounces: the phonemes of the notes, and those meant for everyone while a note sounds. */
final class PhonemeLine {

  private PhonemeLine() {}

  /** @param notes of the singer, in time @param everyones phonemes that name no note, in time */
  static List<LinePhoneme> of(List<SungNote> notes, List<TimedPhoneme> everyones, int sampleRateHz) {
    List<TimedPhoneme> sung = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < notes.size(); i++) {
      SungNote note = notes.get(i);
      double cutSec = i + 1 < notes.size() ? (double) notes.get(i + 1).soundStart() / sampleRateHz : Double.POSITIVE_INFINITY;
      for (TimedPhoneme phoneme : note.phonemes()) {
        if (phoneme.tSec() < cutSec) {
          sung.add(phoneme);
        }
      }
      double fromSec = (double) note.soundStart() / sampleRateHz;
      double toSec = Math.min(cutSec, (double) note.release() / sampleRateHz);
      while (next < everyones.size() && everyones.get(next).endSec() <= fromSec) {
        next++;
      }
      while (next < everyones.size() && everyones.get(next).tSec() < toSec) {
        sung.add(everyones.get(next));
        next++;
      }
    }
    sung.sort(Comparator.comparingDouble(TimedPhoneme::tSec));
    List<LinePhoneme> line = new ArrayList<>();
    for (int i = 0; i < sung.size(); i++) {
      TimedPhoneme phoneme = sung.get(i);
      double endSec = i + 1 < sung.size() ? Math.min(phoneme.endSec(), sung.get(i + 1).tSec()) : phoneme.endSec();
      line.add(new LinePhoneme(phoneme.phoneme(), phoneme.tSec(), endSec, phoneme.strength()));
    }
    return line;
  }
}
