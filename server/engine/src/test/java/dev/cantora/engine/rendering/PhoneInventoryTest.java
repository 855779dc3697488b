package dev.cantora.engine.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.engine.Engine;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.performance.articulation.Articulator;
import dev.cantora.engine.performance.articulation.LinePhoneme;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.analysis.FormantTracker;
import dev.cantora.engine.voice.units.PhoneAlphabet;
import dev.cantora.engine.voice.units.UnitBank;
import dev.cantora.engine.voice.units.UnitVoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every kind of sound in every committed voice: what makes it that sound is there (Stevens, <i>Acoustic Phonetics</i>, 1998). */
class PhoneInventoryTest {

  private static final double VOWEL_SEC = 0.5;
  private static final double CONSONANT_SEC = 0.15;
  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = Engine.create();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  /** The voices that the manifest, its hash and its bank let through without a word. */
  private static List<UnitVoice> voices() {
    return UnitVoices.IDS.stream().map(id -> (UnitVoice) engine.loadVoice(Path.of("../../presets", id), warning -> {
      throw new AssertionError(id + ": " + warning);
    })).toList();
  }

  /** A phone between two open vowels, A2. */
  private static float[] between(Voice voice, String phone, double sec) {
    double end = VOWEL_SEC + sec;
    return RenderedScore.of(engine, voice, new Score(120, List.of(UnitVoices.note("n", 0, end + VOWEL_SEC, 45, null)), null,
        List.of(new TimedPhoneme(0, VOWEL_SEC, "AA", true, null, 1, "n"),
            new TimedPhoneme(VOWEL_SEC, sec, phone, false, null, Phone.of(phone).orElseThrow().strength(), "n"),
            new TimedPhoneme(end, VOWEL_SEC, "AA", true, null, 1, "n")), Lanes.NONE, Map.of()), UnitVoices.CONFIG).interleaved();
  }

  /** Level of a band around a time, dB. @param size of the window in samples */
  private static double level(float[] samples, double sec, int size, double fromHz, double toHz) {
    double[] spectrum = PowerSpectrum.of(samples, (int) (sec * UnitVoices.RATE) - size / 2, size);
    double power = 1e-20;
    for (int bin = (int) (fromHz * size / UnitVoices.RATE); bin < toHz * size / UnitVoices.RATE; bin++) {
      power += spectrum[bin];
    }
    return 10 * Math.log10(power / ((double) size * size));
  }

  private static double voice(float[] samples, double sec) {
    return level(samples, sec, 1024, 50, 700);
  }

  private static double hiss(float[] samples, double sec) {
    return level(samples, sec, 256, 2000, 12000);
  }

  @Test
  void everyVoiceIsWholeAndHasASoundForEverySymbol() {
    for (UnitVoice voice : voices()) {
      assertThat(voice.version()).isEqualTo("0.3.0");
      UnitBank bank = voice.bank();
      for (Phone phone : Phone.values()) {
        int sound = PhoneAlphabet.inBank(bank, phone.name());
        assertThat(sound).as("%s, %s", voice.id(), phone).isNotNegative();
        assertThat(sound == 0 || bank.targetFrame(sound) >= 0).as("%s, %s is held on a frame", voice.id(), phone).isTrue();
      }
      assertThat(bank.units() - 1).as("%s, pairs as the handbook says", voice.id()).isEqualTo(1560);
      assertThat(voice.stated().vowels()).as("%s, monophthongs", voice.id()).hasSize(11);
    }
  }

  @Test
  void stopsCloseAndBurst() {
    for (UnitVoice voice : voices()) {
      for (String stop : List.of("P", "T", "K", "B", "D", "G", "CH", "JH")) {
        float[] sung = between(voice, stop, CONSONANT_SEC);
        double closed = Double.MAX_VALUE;
        double quiet = Double.MAX_VALUE;
        double burst = 0;
        for (double t = VOWEL_SEC; t < VOWEL_SEC + CONSONANT_SEC; t += 0.002) {
          closed = Math.min(closed, voice(sung, t));
          double now = hiss(sung, t);
          burst = now < quiet ? now : Math.max(burst, now);
          quiet = Math.min(quiet, now);
        }
        assertThat(voice(sung, VOWEL_SEC / 2) - closed).as("%s, closure of %s", voice.id(), stop).isGreaterThan(18);
        assertThat(burst - quiet).as("%s, burst of %s", voice.id(), stop).isGreaterThan(20);
      }
    }
  }

  /** Seconds after the closure for which noise as loud as the release's sounds, within 20 dB, while the voice does not. */
  private static double aspiration(Voice voice, String stop) {
    float[] sung = between(voice, stop, CONSONANT_SEC);
    double vowel = voice(sung, VOWEL_SEC / 2) - 10;
    double quietest = VOWEL_SEC;
    for (double t = VOWEL_SEC; t < VOWEL_SEC + CONSONANT_SEC; t += 0.002) {
      quietest = hiss(sung, t) < hiss(sung, quietest) ? t : quietest;
    }
    double loudest = Double.NEGATIVE_INFINITY;
    for (double t = quietest; t < VOWEL_SEC + CONSONANT_SEC; t += 0.002) {
      loudest = Math.max(loudest, hiss(sung, t));
    }
    double sum = 0;
    for (double t = quietest; t < VOWEL_SEC + CONSONANT_SEC + 0.06; t += 0.002) {
      sum += hiss(sung, t) > loudest - 20 && voice(sung, t) < vowel ? 0.002 : 0;
    }
    return sum;
  }

  @Test
  void voicelessStopsAreAspiratedAndAffricatesGoOnAsFriction() {
    for (UnitVoice voice : voices()) {
      double voiceless = aspiration(voice, "P") + aspiration(voice, "T") + aspiration(voice, "K");
      double voiced = aspiration(voice, "B") + aspiration(voice, "D") + aspiration(voice, "G");
      assertThat(voiceless).as("%s, aspiration of P, T and K against B, D and G", voice.id()).isGreaterThan(1.5 * voiced);
      assertThat(aspiration(voice, "CH")).as("%s, friction of CH", voice.id()).isGreaterThan(0.045);
    }
  }

  @Test
  void aFlapIsOneShortTouch() {
    for (UnitVoice voice : voices()) {
      float[] sung = between(voice, "DX", 0.03);
      double vowel = voice(sung, VOWEL_SEC / 2);
      double touch = vowel;
      for (double t = VOWEL_SEC - 0.02; t < VOWEL_SEC + 0.05; t += 0.002) {
        touch = Math.min(touch, voice(sung, t));
      }
      assertThat(vowel - touch).as("%s, touch", voice.id()).isGreaterThan(10);
      assertThat(voice(sung, VOWEL_SEC + 0.09)).as("%s, and the vowel again", voice.id()).isGreaterThan(vowel - 6);
    }
  }

  /** Levels of a held phone in a band against those of the vowel before it. */
  private static double against(float[] sung, double fromHz, double toHz) {
    return level(sung, VOWEL_SEC + 0.25, 8192, fromHz, toHz) - level(sung, VOWEL_SEC - 0.2, 8192, fromHz, toHz);
  }

  @Test
  void nasalsMurmurBelowAnAntiResonanceAndGlidesAreNarrowVowels() {
    for (UnitVoice voice : voices()) {
      for (String nasal : List.of("M", "N", "NG", "EM", "EN", "NX")) {
        float[] sung = between(voice, nasal, 0.5);
        assertThat(against(sung, 80, 400)).as("%s, murmur of %s", voice.id(), nasal).isGreaterThan(-8);
        assertThat(against(sung, 800, 1200)).as("%s, antiresonance of %s", voice.id(), nasal).isLessThan(-18);
      }
      for (String open : List.of("L", "R", "W", "Y", "EL", "WH")) {
        assertThat(against(between(voice, open, 0.5), 80, 400)).as("%s, %s is voiced", voice.id(), open).isGreaterThan(-9);
      }
      assertThat(against(between(voice, "Y", 0.5), 800, 1200)).as("%s, the second formant has left upwards in Y", voice.id()).isLessThan(-8);
      assertThat(against(between(voice, "W", 0.5), 1200, 2300)).as("%s, and downwards in W", voice.id()).isLessThan(-20);
    }
  }

  /** Noise of an /h/ just before a vowel, in bands, from 500 to 1500 Hz against all of it, dB. */
  private static double hollow(Voice voice, String vowel) {
    Articulator mouth = voice.articulate(List.of(new LinePhoneme("HH", 0.3, 0.4, 0.5), new LinePhoneme(vowel, 0.4, 0.9, 1)));
    var frame = new SpectralFrame(voice.grid());
    mouth.at(0.39, null, frame);
    double middle = 0;
    double all = 0;
    for (int band = 0; band < frame.noise.length; band++) {
      double hz = dev.cantora.engine.voice.NoiseBands.edgeHz(band);
      double power = Math.pow(4, frame.noise[band]);
      all += power;
      middle += hz > 500 && hz < 1500 ? power : 0;
    }
    return 10 * Math.log10(middle / all);
  }

  @Test
  void anHIsShapedByTheVowelAfterIt() {
    for (UnitVoice voice : voices()) {
      assertThat(hollow(voice, "AA")).as("%s, /h/ before AA, whose formants lie where IY has none", voice.id())
          .isGreaterThan(hollow(voice, "IY") + 6);
    }
  }

  /** Formants of a mouth at so many times. */
  private static float[][] formants(UnitVoice voice, Articulator mouth, double fromSec, double stepSec, int count) {
    var envelopes = new float[count][];
    var frame = new SpectralFrame(voice.grid());
    for (int i = 0; i < count; i++) {
      mouth.at(fromSec + stepSec * i, null, frame);
      envelopes[i] = frame.envelope.clone();
    }
    return new FormantTracker(voice.stated().vowelCeilingHz()).track(envelopes);
  }

  /** F2 where the voice sets in after a stop, against that of the vowel's middle. */
  private static double onset(UnitVoice voice, String stop, String vowel) {
    Articulator mouth = voice.articulate(List.of(new LinePhoneme("AA", 0, 0.4, 1), new LinePhoneme(stop, 0.4, 0.5, 1),
        new LinePhoneme(vowel, 0.5, 0.9, 1), new LinePhoneme("AA", 0.9, 1.2, 1)));
    float[][] track = formants(voice, mouth, 0.505, 0.005, 60);
    double early = 0;
    double middle = 0;
    for (int i = 0; i < 4; i++) {
      early += track[i][1];
      middle += track[36 + i][1];
    }
    return early / middle;
  }

  /** Loci of F2: about 1.8 kHz for alveolars, lower for labials (Delattre, Liberman and Cooper 1955). */
  @Test
  void theSecondFormantComesFromTheStopsPlace() {
    for (UnitVoice voice : voices()) {
      assertThat(onset(voice, "D", "AO")).as("%s, F2 falls from D to AO", voice.id()).isGreaterThan(1.1);
      assertThat(onset(voice, "D", "IY")).as("%s, and rises from D to IY", voice.id()).isLessThan(1);
      assertThat(onset(voice, "B", "IY")).as("%s, as it does from B", voice.id()).isLessThan(1);
    }
  }

  /** F1 and F2 of a diphthong before D, early and late, as ratios late to early. */
  private static double[] glide(UnitVoice voice, String diphthong) {
    Articulator mouth = voice.articulate(List.of(new LinePhoneme("D", 0, 0.08, 1), new LinePhoneme(diphthong, 0.08, 0.8, 1),
        new LinePhoneme("D", 0.8, 0.9, 1), new LinePhoneme("AA", 0.9, 1.2, 1)));
    float[][] track = formants(voice, mouth, 0.1, 0.01, 69);
    double[] ratio = new double[2];
    for (int formant = 0; formant < 2; formant++) {
      double early = 0;
      double late = 0;
      for (int i = 0; i < 5; i++) {
        early += track[10 + i][formant];
        late += track[63 + i][formant];
      }
      ratio[formant] = late / early;
    }
    return ratio;
  }

  @Test
  void diphthongsGoFromOneVowelToAnother() {
    for (UnitVoice voice : voices()) {
      assertThat(glide(voice, "AY")[0]).as("%s, F1 of AY falls", voice.id()).isLessThan(0.8);
      assertThat(glide(voice, "AY")[1]).as("%s, F2 of AY rises", voice.id()).isGreaterThan(1.3);
      assertThat(glide(voice, "OY")[1]).as("%s, F2 of OY rises", voice.id()).isGreaterThan(1.4);
      assertThat(glide(voice, "AW")[0]).as("%s, F1 of AW falls", voice.id()).isLessThan(0.92);
      assertThat(glide(voice, "EY")[0]).as("%s, F1 of EY falls", voice.id()).isLessThan(0.95);
      assertThat(glide(voice, "OW")[0]).as("%s, F1 of OW falls", voice.id()).isLessThan(0.97);
    }
  }
}
