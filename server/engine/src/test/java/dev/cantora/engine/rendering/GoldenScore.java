package dev.cantora.engine.rendering;

import dev.cantora.engine.Engine;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.score.Curve;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import dev.cantora.engine.score.Vibrato;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A score that uses everything. As a program: prints the kernel and the SHA-256 of its render by the preset named. */
public final class GoldenScore {

  private GoldenScore() {}

  public static void main(String[] args) {
    try (Engine engine = Engine.createUnwarmed(2)) {
      var voice = engine.loadVoice(Path.of(args[0]), warning -> {});
      System.out.println(engine.kernel() + " " + RenderedScore.of(engine, voice, score(), CONFIG).sha256());
    }
  }

  static final RenderConfig CONFIG = new RenderConfig(512, 42, null, 3, 2, 48000, 0.3);

  static Score score() {
    List<Note> notes = List.of(
        new Note("a", 0, 0.4, 57, 0.9, null, new Vibrato(5.5, 40, 0.1), 0, -0.5, null, null),
        new Note("b", 0.4, 0.3, 61, 0.6, null, null, 0.1, 0.2, null, null),
        new Note("c", 0.2, 0.6, 45, 0.7, "OO", new Vibrato(12, 60, 0), 0, 0.8, 0.5, null),
        new Note("d", 0.5, 0.02, 72, 1, null, null, 0, 0, null, null),
        new Note("e", 0.55, 0.3, 64, 0.4, null, null, 0, 0, null, null));
    List<TimedPhoneme> phonemes = List.of(
        new TimedPhoneme(0, 0.08, "S", false, null, 0.5, "a"),
        new TimedPhoneme(0.08, 0.32, "IY", true, null, 1, "a"),
        new TimedPhoneme(0.36, 0.04, "T", false, null, 0.9, "b"),
        new TimedPhoneme(0.4, 0.3, "UW", true, null, 1, "b"));
    Lanes lanes = new Lanes(
        curve(1, 0.5), null, curve(0, 0.7), curve(0, 100), curve(-2, 2), curve(0, 0.5), curve(0.2, 0), curve(0, 0.4), Map.of());
    return new Score(120, notes, null, phonemes, lanes, Map.of());
  }

  private static Curve curve(double from, double to) {
    return new Curve(List.of(new Curve.Point(0, from), new Curve.Point(0.9, to)));
  }
}
