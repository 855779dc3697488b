package dev.cantora.engine.lyrics.timing;

import dev.cantora.engine.lyrics.text.PhraseBreak;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.ArrayList;
import java.util.List;

/**
 * Times the words of one line. Singers put the vowel on the beat and the consonants before it (Sundberg and
 * Bauer-Huppmann, "When does a sung tone start?", Journal of Voice 21, 2007), so the onset of a syllable is taken from
 * the rest before its note, else from the end of the note before, of which the vowel keeps at least half. With no time
 * before it (start of the score) the onset starts the note.
 *
 * <p>Consonants last what {@link ConsonantLength} says, squeezed evenly where a short note has no room; vowels get the
 * rest. A long note may be the last of its syllable's melisma: the coda waits for it.
 */
public final class SingingTimer {
  /** Share of a note that consonants may take at most. */
  private static final double CONSONANT_SHARE = 0.5;

  /** Share of a note that an onset may take which has no time before the note. */
  private static final double ONSET_INSIDE_SHARE = 0.3;

  /** Time for a breath, and the share of the note before that it may cost; none is taken from notes under 0.4 s. */
  private static final double BREATH_SEC = 0.2;
  private static final double COMMA_SEC = 0.08;
  private static final double BREATH_SHARE = 0.2;
  private static final double SHORTEST_BEFORE_BREATH_SEC = 0.4;

  private final List<TimedPhoneme> events;

  private SingingTimer(List<TimedPhoneme> events) {
    this.events = events;
  }

  /** A stretch of one note. */
  private record Part(String noteId, double startSec, double endSec) {
    double lengthSec() {
      return endSec - startSec;
    }
  }

  /** One syllable on the parts that sing it. */
  private record Span(SungSyllable sung, List<Part> parts) {
    double startSec() {
      return parts.getFirst().startSec();
    }

    double endSec() {
      return parts.getLast().endSec();
    }
  }

  /**
   * Adds the events of a line.
   *
   * @param notes in order of time
   * @param assignments one for each note
   */
  public static void time(List<Note> notes, List<Assignment> assignments, List<TimedPhoneme> events) {
    new SingingTimer(events).run(spans(notes, assignments));
  }

  private static List<Span> spans(List<Note> notes, List<Assignment> assignments) {
    var spans = new ArrayList<Span>();
    boolean open = false;
    for (int i = 0; i < notes.size(); i++) {
      Note note = notes.get(i);
      double end = i + 1 < notes.size() ? Math.min(note.endSec(), notes.get(i + 1).startSec()) : note.endSec();
      switch (assignments.get(i)) {
        case Assignment.Sing sing -> {
          addSung(spans, sing.syllables(), new Part(note.id(), note.startSec(), end));
          open = true;
        }
        case Assignment.Hold hold -> {
          if (open) {
            spans.getLast().parts().add(new Part(note.id(), note.startSec(), end));
          }
        }
        case Assignment.Silent silent -> open = false;
      }
    }
    return spans;
  }

  /** Several syllables share a note in proportion to what they would last in speech. */
  private static void addSung(List<Span> spans, List<SungSyllable> syllables, Part part) {
    double total = syllables.stream().mapToDouble(SingingTimer::weight).sum();
    double start = part.startSec();
    double sum = 0;
    for (SungSyllable sung : syllables) {
      sum += weight(sung);
      double end = sum >= total ? part.endSec() : part.startSec() + part.lengthSec() * sum / total;
      var parts = new ArrayList<Part>();
      parts.add(new Part(part.noteId(), start, end));
      spans.add(new Span(sung, parts));
      start = end;
    }
  }

  private static double weight(SungSyllable sung) {
    double speech = sung.syllable().phones().stream().mapToDouble(Phone::inherentSec).sum();
    return sung.syllable().stress() == 1 ? 1.3 * speech : speech;
  }

  private void run(List<Span> spans) {
    double vowelStart = 0;
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      Span next = i + 1 < spans.size() ? spans.get(i + 1) : null;
      if (i == 0) {
        vowelStart = openingOnset(span);
      }
      vowelStart = finish(span, vowelStart, next);
    }
  }

  /** Onset of the first syllable of a line, in the time since zero; returns where the vowel starts. */
  private double openingOnset(Span span) {
    double[] onset = ConsonantLength.onset(span.sung().syllable(), span.parts().getFirst().lengthSec(), true);
    double wanted = sum(onset);
    double room = span.startSec() + ONSET_INSIDE_SHARE * span.parts().getFirst().lengthSec();
    double scale = wanted > room ? room / wanted : 1;
    double vowelStart = Math.max(span.startSec(), wanted * scale);
    addConsonants(span.sung().syllable().onset(), onset, scale, vowelStart - wanted * scale,
        span.parts().getFirst().noteId());
    return vowelStart;
  }

  /** Vowel and coda of a syllable and the onset of the next one; returns where the next vowel starts. */
  private double finish(Span span, double vowelStart, Span next) {
    Part last = span.parts().getLast();
    boolean single = span.parts().size() == 1;
    double from = single ? vowelStart : last.startSec();
    double end = Math.max(from, last.endSec() - breath(span, next));
    double gap = next == null ? 0 : next.startSec() - end;
    boolean finalRime = next == null || gap > 0;
    double[] coda = ConsonantLength.coda(span.sung().syllable(), span.endSec() - span.startSec(), finalRime);
    double[] onset = next == null ? new double[0]
        : ConsonantLength.onset(next.sung().syllable(), next.parts().getFirst().lengthSec(), gap > 0);
    double codaWanted = sum(coda);
    double onsetWanted = sum(onset);
    double room = CONSONANT_SHARE * (end - from);
    double codaScale = 1;
    double onsetScale = 1;
    if (codaWanted + Math.max(0, onsetWanted - gap) > room) {
      double even = (room + gap) / (codaWanted + onsetWanted);
      if (even * onsetWanted >= gap) {
        codaScale = even;
        onsetScale = even;
      } else {
        codaScale = room / codaWanted;
        onsetScale = onsetWanted > gap ? gap / onsetWanted : 1;
      }
    }
    double onsetStart = next == null ? end : next.startSec() - onsetWanted * onsetScale;
    double codaEnd = Math.max(from, Math.min(end, onsetStart));
    double codaStart = Math.max(from, codaEnd - codaWanted * codaScale);
    addVowel(span, vowelStart, codaStart);
    addConsonants(span.sung().syllable().coda(), coda, codaScale, codaStart, last.noteId());
    if (next != null) {
      addConsonants(next.sung().syllable().onset(), onset, onsetScale, Math.max(codaEnd, onsetStart),
          next.parts().getFirst().noteId());
      return next.startSec();
    }
    return end;
  }

  private static double breath(Span span, Span next) {
    double length = span.parts().getLast().lengthSec();
    if (next == null || span.sung().after() == PhraseBreak.NONE || length < SHORTEST_BEFORE_BREATH_SEC) {
      return 0;
    }
    double wanted = span.sung().after() == PhraseBreak.MAJOR ? BREATH_SEC : COMMA_SEC;
    double rest = next.startSec() - span.endSec();
    return Math.max(0, Math.min(wanted, BREATH_SHARE * length) - Math.max(0, rest));
  }

  private void addVowel(Span span, double startSec, double endSec) {
    Phone nucleus = span.sung().syllable().nucleus();
    for (int i = 0; i < span.parts().size(); i++) {
      Part part = span.parts().get(i);
      double start = i == 0 ? startSec : part.startSec();
      double end = i + 1 < span.parts().size() ? part.endSec() : endSec;
      add(nucleus, start, Math.max(start, end), part.noteId());
    }
  }

  private void addConsonants(List<Phone> phones, double[] lengths, double scale, double startSec, String noteId) {
    double at = startSec;
    for (int i = 0; i < lengths.length; i++) {
      double end = at + lengths[i] * scale;
      add(phones.get(i), at, end, noteId);
      at = end;
    }
  }

  private void add(Phone phone, double startSec, double endSec, String noteId) {
    double start = Math.max(0, startSec);
    events.add(new TimedPhoneme(start, Math.max(0, endSec - start), phone.name(), phone.isVowel(), phone.timbreHint(),
        phone.strength(), noteId));
  }

  private static double sum(double[] lengths) {
    double sum = 0;
    for (double length : lengths) {
      sum += length;
    }
    return sum;
  }
}
