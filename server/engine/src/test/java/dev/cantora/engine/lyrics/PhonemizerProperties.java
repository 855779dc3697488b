package dev.cantora.engine.lyrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PhonemizerProperties {
  private static final Phonemizer PHONEMIZER = new Phonemizer();
  private static final double EPSILON = 1e-9;
  private static final List<String> LYRICS =
      List.of("none", "none", "none", "la", "-", "+", "", "hello", "[hh", "strength", "ma-", "zing");

  @Property(tries = 100)
  void anyTextOnAnyNotesGivesOrderedEventsWithinTheScore(
      @ForAll("texts") String text, @ForAll("languages") String language, @ForAll("notes") List<Note> notes) {
    List<TimedPhoneme> events = PHONEMIZER.align(text, language, notes, Map.of()).events();
    double end = notes.stream().mapToDouble(Note::endSec).max().orElse(0);
    double before = 0;
    for (TimedPhoneme event : events) {
      assertThat(event.tSec()).isGreaterThanOrEqualTo(before);
      assertThat(event.endSec()).isLessThanOrEqualTo(end + EPSILON);
      before = event.tSec();
    }
    perNote(events).values().forEach(PhonemizerProperties::doNotOverlap);
  }

  @Property(tries = 100)
  void aMelodyIsSungWithoutOverlapAndWithEveryVowelOnItsBeat(
      @ForAll("texts") String text, @ForAll("languages") String language, @ForAll("melodies") List<Note> melody) {
    List<TimedPhoneme> events = PHONEMIZER.align(text, language, melody, Map.of()).events();
    doNotOverlap(events);
    for (Note note : melody) {
      if (note.startSec() > 1) {
        events.stream().filter(e -> e.noteId().equals(note.id()) && e.vowel()).findFirst()
            .ifPresent(v -> assertThat(v.tSec()).isGreaterThanOrEqualTo(note.startSec() - EPSILON));
      }
    }
  }

  @Property(tries = 100)
  void noTextThrows(@ForAll String text, @ForAll("languages") String language) {
    PHONEMIZER.words(text, language, Map.of("x", List.of(text)))
        .words().forEach(w -> assertThat(w.syllables()).isNotEmpty());
  }

  private static Map<String, List<TimedPhoneme>> perNote(List<TimedPhoneme> events) {
    var map = new HashMap<String, List<TimedPhoneme>>();
    events.forEach(e -> map.computeIfAbsent(e.noteId(), k -> new ArrayList<>()).add(e));
    return map;
  }

  private static void doNotOverlap(List<TimedPhoneme> events) {
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).tSec()).isGreaterThanOrEqualTo(events.get(i - 1).endSec() - EPSILON);
    }
  }

  @Provide
  Arbitrary<String> languages() {
    return Arbitraries.of("en", "en-AU", "ja", "es-MX", "it", "DE", "la", "xx");
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> known = Arbitraries.of("amazing", "grace,", "strengths", "hmm", "-", "+", "1999", "[s t r ey]",
        "don’t", "きゃっと", "らーめん", "漢字", "señor", "gli", "Schwäche", "cœli", "zzyzx", "tk", "Dr.", "\n", "x", "word[");
    return Arbitraries.oneOf(known, Arbitraries.strings().ofMaxLength(12)).list().ofMaxSize(12)
        .map(words -> String.join(" ", words));
  }

  /** Any notes in any order, some with words of their own. */
  @Provide
  Arbitrary<List<Note>> notes() {
    return Arbitraries.randomValue(random -> {
      var notes = new ArrayList<Note>();
      int count = random.nextInt(16);
      for (int i = 0; i < count; i++) {
        String lyric = LYRICS.get(random.nextInt(LYRICS.size()));
        notes.add(new Note("n" + i, random.nextInt(80) / 4.0, random.nextInt(1, 5000) / 1000.0, random.nextInt(128), 1,
            null, null, 0, 0, null, lyric.equals("none") ? null : lyric));
      }
      return notes;
    });
  }

  /** One note after another, with and without rests. */
  @Provide
  Arbitrary<List<Note>> melodies() {
    return Arbitraries.randomValue(random -> {
      var melody = new ArrayList<Note>();
      int count = random.nextInt(16);
      double at = 0;
      for (int i = 0; i < count; i++) {
        double rest = random.nextBoolean() ? 0 : random.nextInt(1000) / 1000.0;
        double duration = random.nextInt(1, 2000) / 1000.0;
        melody.add(Note.of("n" + i, at + rest, duration, 60));
        at += rest + duration;
      }
      return melody;
    });
  }
}
