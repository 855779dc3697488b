package dev.cantora.engine.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.engine.Engine;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.numeric.Fft;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.Voice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ToneTest {

  private static final int RATE = 48000;
  private static final int WINDOW = 1 << 16;
  private static final RenderConfig CONFIG = new RenderConfig(1024, 1, null, 4, 1, RATE, 0.3);
  private static Engine engine;
  private static Voice voice;

  @BeforeAll
  static void load() {
    engine = Engine.create();
    voice = RenderedScore.voice();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static Note straight(String id, double start, double duration, double midi) {
    return new Note(id, start, duration, midi, 0.9, null, new Vibrato(0, 0, 0), 0, 0, 0.0, null);
  }

  /** Of the reference's format, and the committed ones. */
  private static List<Voice> voices() {
    var all = new ArrayList<>(List.of(voice));
    UnitVoices.IDS.forEach(id -> all.add(UnitVoices.load(engine, id)));
    return all;
  }

  private static float[] sing(Note... notes) {
    return sing(voice, notes);
  }

  private static float[] sing(Voice voice, Note... notes) {
    return RenderedScore.of(engine, voice, RenderedScore.score(Lanes.NONE, notes), CONFIG).interleaved();
  }

  /** Pitch with a whole number of cycles in the window, so that every harmonic fills exactly one bin. */
  private static double midi(int cycles) {
    return 69 + 12 * Math.log((double) cycles * RATE / WINDOW / 440) / Math.log(2);
  }

  @Test
  void nothingLiesBetweenTheHarmonicsAndNothingAliases() {
    for (Voice singer : voices()) {
      for (int cycles : new int[] {111, 150, 300, 2858}) {
        float[] out = sing(singer, straight("a", 0, 1.6, midi(cycles)));
        double[] re = new double[WINDOW];
        double[] im = new double[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
          re[i] = out[6000 + i] * 2.0 / WINDOW;
        }
        new Fft(WINDOW).inverse(re, im);
        double floor = 0;
        double tone = 0;
        for (int bin = 0; bin < WINDOW / 2; bin++) {
          double amplitude = Math.hypot(re[bin], im[bin]);
          if (bin % cycles != 0 || bin == 0) {
            floor = Math.max(floor, amplitude);
          } else {
            tone = Math.max(tone, amplitude);
          }
        }
        assertThat(20 * Math.log10(floor)).as("%s, %d cycles", singer.id(), cycles).isLessThan(-100);
        assertThat(20 * Math.log10(tone)).as("%s, %d cycles, strongest harmonic", singer.id(), cycles)
            .isGreaterThan(cycles > 1000 && singer != voice ? -100 : -40); // C7 is beyond what those voices are made for
      }
    }
  }

  @Test
  void everyNoteIsInTuneWithinATenthOfACent() {
    double[] midis = {48, 50.5, 55, 60, 67, 72, 79, 84};
    Note[] notes = new Note[midis.length];
    for (int i = 0; i < notes.length; i++) {
      notes[i] = straight("n" + i, 0.4 * i, 0.4, midis[i]);
    }
    for (Voice singer : voices()) {
      float[] out = sing(singer, notes);
      for (int i = 0; i < midis.length; i++) {
        double f0Hz = 440 * Math.pow(2, (midis[i] - 69) / 12);
        int from = (int) (0.4 * i * RATE) + 3000;
        for (int harmonic = 1; harmonic <= 3; harmonic++) {
          assertThat(Math.abs(cents(out, from, harmonic * f0Hz))).as("%s, midi %f, harmonic %d", singer.id(), midis[i], harmonic)
              .isLessThan(0.1);
        }
      }
    }
  }

  /** Deviation from a pitch by the turn of the fundamental's phase between two Hann windows. */
  private static double cents(float[] out, int from, double f0Hz) {
    double turn = phase(out, from + 4800, f0Hz) - phase(out, from, f0Hz);
    turn -= Math.rint(turn);
    return 1200 * Math.log(1 + turn / (4800.0 / RATE) / f0Hz) / Math.log(2);
  }

  private static double phase(float[] out, int from, double f0Hz) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < 8000; i++) {
      double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / 8000);
      double angle = 2 * Math.PI * f0Hz * (from + i) / RATE;
      re += window * out[from + i] * Math.cos(angle);
      im -= window * out[from + i] * Math.sin(angle);
    }
    return Math.atan2(im, re) / (2 * Math.PI);
  }

  @Test
  void noBoundaryStealOrShortNoteMakesAStep() {
    float usual = 0;
    for (double midi : new double[] {60, 64, 67, 72}) {
      float[] steady = sing(straight("a", 0, 0.5, midi));
      usual = Math.max(usual, steepest(steady, 5000, 20000));
    }
    float[] melody = sing(straight("a", 0, 0.3, 60), straight("b", 0.3, 0.3, 67), straight("c", 0.6, 0.3, 67),
        straight("d", 0.93, 0.02, 72), straight("e", 0.95, 0.001, 64), straight("f", 1.2, 0.02, 60));
    assertThat(steepest(melody, 1, melody.length)).isLessThan(2 * usual);
    RenderConfig alone = new RenderConfig(1024, 1, null, 1, 1, RATE, 0.3);
    float[] stolen = RenderedScore.of(engine, voice, RenderedScore.score(Lanes.NONE, straight("a", 0, 1, 60),
        straight("b", 0.2, 1, 67), straight("c", 0.25, 1, 72), straight("d", 0.25, 0.5, 64)), alone).interleaved();
    assertThat(steepest(stolen, 1, stolen.length)).isLessThan(2 * usual);
  }

  private static float steepest(float[] samples, int from, int to) {
    float most = 0f;
    for (int i = from; i < to; i++) {
      most = Math.max(most, Math.abs(samples[i] - samples[i - 1]));
    }
    return most;
  }

  @Test
  void aNoteStartsAtItsSample() {
    float[] out = sing(straight("a", 0.1234, 0.3, 69));
    int start = (int) Math.round(0.1234 * RATE);
    for (int i = 0; i <= start; i++) {
      assertThat(out[i]).isZero();
    }
    assertThat(out[start + 3]).isNotZero();
  }

  @Test
  void softIsDuller() {
    Note soft = new Note("a", 0, 1, 57, 0.2, null, new Vibrato(0, 0, 0), 0, 0, 0.0, null);
    Note loud = new Note("a", 0, 1, 57, 1.0, null, new Vibrato(0, 0, 0), 0, 0, 0.0, null);
    assertThat(brightness(sing(soft))).isLessThan(0.8 * brightness(sing(loud)));
  }

  private static double brightness(float[] out) {
    double steps = 0;
    double level = 0;
    for (int i = 10000; i < 30000; i++) {
      steps += Math.pow(out[i] - out[i - 1], 2);
      level += Math.pow(out[i], 2);
    }
    return Math.sqrt(steps / level);
  }
}
