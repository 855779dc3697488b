package dev.cantora.engine.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cantora.engine.Engine;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.performance.PlannedSpan;
import dev.cantora.engine.rendering.RenderedScore;
import dev.cantora.engine.score.Expression;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.Vibrato;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pitch that others draw at their notes, in the score and as it is sung. */
class DrawnPitchTest {

  private static ImportedFile read(String file) {
    return ScoreFiles.read(file.getBytes(StandardCharsets.UTF_8), null, MidiOptions.DEFAULT);
  }

  /** At 60 a quarter is a second. @param notes lines of {position, tone, pitch} */
  private static String ustx(String... notes) {
    return """
        ustx_version: "0.6"
        tempos:
        - {position: 0, bpm: 60}
        voice_parts:
        - name: lead
          position: 0
          notes:
        """ + String.join("", notes);
  }

  private static String note(double start, int tone, String pitch) {
    return "  - {position: %d, duration: 480, tone: %d, lyric: a, pitch: %s}\n".formatted(Math.round(480 * start), tone, pitch);
  }

  /** Semitones of the MIDI scale that a score's first singer is given. */
  private static double sungAt(List<PlannedSpan> spans, double second) {
    long sample = Math.round(second * 48_000);
    for (PlannedSpan span : spans) {
      for (int i = 0; i + 1 < span.points(); i++) {
        if (span.sample()[i] <= sample && sample <= span.sample()[i + 1]) {
          double part = (double) (sample - span.sample()[i]) / (span.sample()[i + 1] - span.sample()[i]);
          double hz = span.f0Hz()[i] + part * (span.f0Hz()[i + 1] - span.f0Hz()[i]);
          return 69 + 12 * Math.log(hz / 440) / Math.log(2);
        }
      }
    }
    throw new AssertionError("silence at " + second);
  }

  private static List<PlannedSpan> plan(Score score) {
    List<Note> straight = score.notes().stream().map(n -> new Note(n.id(), n.startSec(), n.durationSec(), n.midi(), n.velocity(), null,
        new Vibrato(0, 0, 0), n.portamentoSec(), 0, null, null, n.expression())).toList();
    try (Engine engine = Engine.create(1)) {
      return engine.renderer().plan(new Score(score.bpm(), straight, null, null, score.lanes(), null), RenderedScore.voice(), RenderConfig.DEFAULT).singers().getFirst().spans();
    }
  }

  @Test
  void theUsualGlideIsThePortamentoOfTheNote() {
    String usual = "{data: [{x: -40, y: %d, shape: io}, {x: 60, y: 0, shape: io}], snap_first: true}";
    Score score = read(ustx(note(0, 60, usual.formatted(0)), note(1, 64, usual.formatted(-40)), note(2, 64, usual.formatted(0)))).score();
    assertThat(score.notes()).extracting(Note::portamentoSec).containsExactly(0.0, 0.06, 0.0);
    assertThat(score.lanes().pitchBend()).isNull();
    assertThat(ScoreJson.read(ScoreJson.write(score).toString().getBytes(StandardCharsets.UTF_8)).notes()).isEqualTo(score.notes());
  }

  @Test
  void aGlideUpToANoteAfterSilenceIsItsScoop() {
    String below = "{data: [{x: -20, y: -30, shape: io}, {x: 150, y: 0, shape: io}], snap_first: false}";
    Score score = read(ustx(note(0.5, 60, below))).score();
    assertThat(score.notes().getFirst().expression().scoop()).isEqualTo(new Expression.Glide(300, 0.15));
    assertThat(score.lanes().pitchBend()).isNull();
    assertThat(ScoreJson.read(ScoreJson.write(score).toString().getBytes(StandardCharsets.UTF_8)).notes()).isEqualTo(score.notes());
  }

  @Test
  void whatIsDrawnWithMorePointsIsSungAsItWasDrawn() {
    String drawn = "{data: [{x: -200, y: 0, shape: l}, {x: -100, y: -20, shape: l}, {x: 100, y: 10, shape: l}, {x: 300, y: 0, shape: l}], snap_first: true}";
    Score score = read(ustx(note(0, 60, "{data: []}"), note(1, 64, drawn))).score();
    List<PlannedSpan> sung = plan(score);
    double[][] expected = {{0.5, 60}, {0.79, 60}, {0.85, 61}, {0.9, 62}, {0.95, 62.75}, {0.99, 63.35}, {1, 63.5}, {1.01, 63.65}, {1.05, 64.25},
        {1.1, 65}, {1.2, 64.5}, {1.3, 64}, {1.45, 64}};
    for (double[] at : expected) {
      assertThat(sungAt(sung, at[0])).as("at " + at[0]).isCloseTo(at[1], within(0.04));
    }
  }

  @Test
  void curvedWaysAndWaysThatEndBeforeTheNoteAreSungToo() {
    String early = "{data: [{x: -300, y: 0, shape: io}, {x: -100, y: 0, shape: io}], snap_first: true}";
    List<PlannedSpan> sung = plan(read(ustx(note(0, 60, "{data: []}"), note(1, 62, early))).score());
    for (double[] at : new double[][] {{0.65, 60}, {0.75, 60.293}, {0.8, 61}, {0.85, 61.707}, {0.95, 62}, {1, 62}, {1.1, 62}, {1.4, 62}}) {
      assertThat(sungAt(sung, at[0])).as("at " + at[0]).isCloseTo(at[1], within(0.04));
    }
  }

  @Test
  void drawnDeviationAndPointsAreAdded() {
    String drawn = "{data: [{x: -100, y: 0, shape: l}, {x: 0, y: -10, shape: l}, {x: 200, y: 0, shape: l}], snap_first: true}";
    String file = ustx(note(0, 60, "{data: []}"), note(1, 62, drawn)) + "  curves:\n  - {xs: [240, 720], ys: [0, 100], abbr: pitd}\n";
    List<PlannedSpan> sung = plan(read(file).score());
    for (double[] at : new double[][] {{0.75, 60.25}, {1, 61.5}, {1.1, 62.1}, {1.25, 62.75}, {1.4, 62.9}}) {
      assertThat(sungAt(sung, at[0])).as("at " + at[0]).isCloseTo(at[1], within(0.04));
    }
  }

  @Test
  void pointsAndVibratoOfUtauAreRead() {
    String ust = "[#SETTING]\nTempo=60\n[#0000]\nLength=480\nLyric=a\nNoteNum=60\n"
        + "[#0001]\nLength=480\nLyric=a\nNoteNum=64\nPBS=-50;0\nPBW=130\nVBR=50,200,35,20,20,0,0,0\n"
        + "[#0002]\nLength=480\nLyric=a\nNoteNum=62\nPBS=-100\nPBW=100,100\nPBY=5\nPBM=s,s\n[#TRACKEND]\n";
    Score score = read(ust).score();
    assertThat(score.notes()).extracting(Note::portamentoSec).containsExactly(0.0, 0.08, 0.001);
    assertThat(score.notes().get(1).vibrato().rateHz()).isEqualTo(5);
    assertThat(score.notes().get(1).vibrato().depthCents()).isEqualTo(35);
    List<PlannedSpan> sung = plan(score);
    for (double[] at : new double[][] {{1.9, 64}, {1.95, 63.25}, {2, 62.5}, {2.05, 62.25}, {2.1, 62}, {2.3, 62}}) {
      assertThat(sungAt(sung, at[0])).as("at " + at[0]).isCloseTo(at[1], within(0.04));
    }
  }

  @Test
  void whatIsDrawnAcrossNotesThatSoundTogetherIsRefusedWithoutSteps() {
    String drawn = "{data: [{x: -200, y: 0, shape: l}, {x: -100, y: -20, shape: l}, {x: 100, y: 0, shape: l}], snap_first: true}";
    String part = note(0, 60, "{data: []}") + note(1, 64, drawn);
    ImportedFile both = read(ustx(part) + "- name: second\n  position: 0\n  notes:\n" + part.replace("tone: 6", "tone: 5"));
    assertThat(both.warnings()).singleElement().asString().contains("the first one is kept");
    List<Double> glides = new ArrayList<>(both.score().notes().stream().map(Note::portamentoSec).toList());
    assertThat(glides).as("only the note that the curve belongs to steps").containsExactlyInAnyOrder(0.0, 0.0, 0.0, 0.001);
  }
}
