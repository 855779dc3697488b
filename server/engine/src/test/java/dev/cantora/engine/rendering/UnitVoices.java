package dev.cantora.engine.rendering;

import dev.cantora.engine.Engine;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.Voice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The committed voices, and what tests sing with them. As a program: prints the kernel, then each voice and its hash. */
public final class UnitVoices {

  static final List<String> IDS = List.of("alto", "baritone", "default-voice", "light-tenor", "soprano", "tenor", "treble");
  static final int RATE = 48000;
  static final RenderConfig CONFIG = new RenderConfig(1024, 7, null, 4, 1, RATE, 0.3);
  static final RenderConfig ALONE = new RenderConfig(1024, 7, null, 1, 1, RATE, 0.3);

  private UnitVoices() {}

  public static void main(String[] args) {
    try (Engine engine = Engine.createUnwarmed(2)) {
      System.out.println(engine.kernel());
      for (String id : IDS) {
        System.out.println(id + " " + hash(engine, id));
      }
    }
  }

  static Voice load(Engine engine, String id) {
    return engine.loadVoice(Path.of("../../presets", id), warning -> {});
  }

  static String hash(Engine engine, String id) {
    return RenderedScore.of(engine, load(engine, id), sung("just catch six thin rings", phrase(52, 5)), CONFIG).sha256();
  }

  /** Notes of 0.4 s without gap, up and down by thirds. */
  static Note[] phrase(double midi, int count) {
    Note[] notes = new Note[count];
    for (int i = 0; i < count; i++) {
      notes[i] = note("n" + i, 0.2 + 0.4 * i, 0.4, midi + new double[] {0, 4, 7, 4}[i % 4], null);
    }
    return notes;
  }

  static Note note(String id, double startSec, double durationSec, double midi, String timbre) {
    return new Note(id, startSec, durationSec, midi, 0.9, timbre, new Vibrato(0, 0, 0), 0, 0, 0.0, null);
  }

  static Score sung(String text, Note... notes) {
    var lyrics = new Lyrics(text, "en");
    var phonemes = new Phonemizer().align(new Score(120, List.of(notes), lyrics, null, Lanes.NONE, Map.of()), Map.of()).events();
    return new Score(120, List.of(notes), lyrics, phonemes, Lanes.NONE, Map.of());
  }

  /** The same with as little noise in its consonants as a score can ask for. */
  static Score silent(Score score) {
    return new Score(score.bpm(), score.notes(), score.lyrics(), score.phonemes().stream().map(p -> new TimedPhoneme(p.tSec(),
        p.durSec(), p.phoneme(), p.vowel(), p.timbreHint(), 0, p.noteId())).toList(), Lanes.NONE, Map.of());
  }

  /** One phone of a second, and the vowel it goes to. */
  static Score held(String phone, Lanes lanes) {
    return new Score(120, List.of(note("n", 0, 1.4, 45, null)), null, List.of(
        new TimedPhoneme(0, 1, phone, false, null, 0.5, "n"), new TimedPhoneme(1, 0.4, "AA", true, null, 1, "n")), lanes, Map.of());
  }
}
