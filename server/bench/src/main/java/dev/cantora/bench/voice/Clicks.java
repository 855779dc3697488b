package dev.cantora.bench.voice;

import dev.cantora.engine.Engine;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The steepest step between two samples of sung sentences against the steepest of vowels held alone and
 * between consonants. Friction is made of steps, so
 * consonants are sung with their noise turned down as far as a score can: what is left is the voice and its boundaries.
 */
final class Clicks {

  private static final List<String> SENTENCES =
      List.of("now one long yellow room", "just catch six thin rings", "she sees his big fat dog", "put the book back quickly");
  private static final List<String> VOWELS = List.of("aa", "ae", "ao", "aw", "eh", "er", "iy", "ow", "uw");
  private static final double[] STEPS = {0, 4, 7, 4};
  private static final double NOTE_SEC = 0.4;

  private Clicks() {}

  /** Twice the held vowels' own is the limit. */
  static double ratio(Engine engine, Voice voice, double midi) throws IOException {
    double held = 0;
    for (double step : new double[] {0, 4, 7}) {
      for (String vowel : VOWELS) {
        for (String text : List.of("[%s1]", "[n %s1 n]")) {
          held = Math.max(held, steepest(engine, voice, sung(text.formatted(vowel), List.of(note(0, 0.2, midi + step))), 0.3, 0.5));
        }
      }
    }
    double sung = 0;
    for (String sentence : SENTENCES) {
      var notes = new ArrayList<Note>();
      for (int i = 0; i < 6; i++) {
        notes.add(note(i, 0.2 + NOTE_SEC * i, midi + STEPS[i % STEPS.length]));
      }
      sung = Math.max(sung, steepest(engine, voice, sung(sentence, notes), 0, Double.MAX_VALUE));
    }
    return sung / held;
  }

  private static Note note(int number, double startSec, double midi) {
    return new Note("n" + number, startSec, NOTE_SEC, midi, 0.9, null, new Vibrato(0, 0, 0), 0, 0, 0.0, null);
  }

  private static Score sung(String text, List<Note> notes) {
    var lyrics = new Lyrics(text, "en");
    List<TimedPhoneme> said = new Phonemizer().align(new Score(120, notes, lyrics, null, Lanes.NONE, Map.of()), Map.of()).events();
    List<TimedPhoneme> quiet = said.stream().map(p ->
        new TimedPhoneme(p.tSec(), p.durSec(), p.phoneme(), p.vowel(), p.timbreHint(), 0, p.noteId())).toList();
    return new Score(120, notes, lyrics, quiet, Lanes.NONE, Map.of());
  }

  private static double steepest(Engine engine, Voice voice, Score score, double fromSec, double toSec) throws IOException {
    double[] most = {0};
    float[] before = {0f};
    long[] at = {0};
    engine.renderer().render(score, voice, new RenderConfig(1024, 7, null, 4, 1, 0, 0.3), RenderMonitor.NONE, (samples, count) -> {
      for (int i = 0; i < count; i++) {
        double sec = (double) at[0]++ / voice.sampleRateHz();
        if (sec >= fromSec && sec < toSec) {
          most[0] = Math.max(most[0], Math.abs(samples[i] - before[0]));
        }
        before[0] = samples[i];
      }
    });
    return most[0];
  }
}
