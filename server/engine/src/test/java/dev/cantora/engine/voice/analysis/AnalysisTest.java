package dev.cantora.engine.voice.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.units.BankAxis;
import dev.cantora.engine.voice.units.UnitBank;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What analysis finds in sounds whose make-up is known: pitch, harmonics, the envelope between them, noise, formants. */
class AnalysisTest {

  private static final int RATE_HZ = 16000;
  private static final double F0_HZ = 118;
  /** F1 to F4 of a man's vowels and their bandwidths: Klatt, "Software for a cascade/parallel formant synthesizer" (1980), table II. */
  private static final double[] AA = {700, 1220, 2600, 3300};
  private static final double[] IY = {310, 2020, 2960, 3600};
  private static final double[] UW = {350, 1250, 2200, 3300};
  private static final double[] BANDWIDTHS = {90, 90, 140, 200};

  private static double response(double hz, double[] formants) {
    double gain = 1;
    for (int i = 0; i < formants.length; i++) {
      double f = formants[i];
      double b = BANDWIDTHS[i];
      gain *= f * f / Math.hypot(f * f - hz * hz, b * hz);
    }
    return gain;
  }

  /** Amplitude of a harmonic: a glottal source that falls by 12 dB per octave above 100 Hz, rising by 6 at the lips. */
  private static double amplitude(double hz, double[] formants) {
    return 0.02 * response(hz, formants) * 100 / Math.max(100, hz);
  }

  private static void sing(float[] out, double fromSec, double toSec, double[] formants) {
    for (int i = (int) (fromSec * RATE_HZ); i < toSec * RATE_HZ; i++) {
      for (int k = 1; k * F0_HZ < 7000; k++) {
        out[i] += (float) (amplitude(k * F0_HZ, formants) * Math.cos(2 * Math.PI * k * F0_HZ * i / RATE_HZ + k * k));
      }
    }
  }

  private static float[] held(double[] formants, double noise) {
    float[] out = new float[RATE_HZ];
    sing(out, 0, 1, formants);
    var random = new SplittableRandom(1);
    for (int i = 0; i < out.length; i++) {
      out[i] += (float) (noise * random.nextGaussian());
    }
    return out;
  }

  private static SpeechFrames analyze(float[] sound) {
    return new FrameAnalyzer(RATE_HZ, 70, 300).analyze(sound);
  }

  @Test
  void pitchAndHarmonicsAreFoundAndTheEnvelopePassesThroughThem() {
    for (double[] vowel : List.of(AA, IY, UW)) {
      SpeechFrames frames = analyze(held(vowel, 0));
      int middle = frames.count() / 2;
      assertThat((double) frames.f0Hz()[middle]).isCloseTo(F0_HZ, within(0.3));
      assertThat(frames.voicing()[middle]).isEqualTo(1f);
      for (int k = 1; k * F0_HZ < 4000; k++) {
        double position = k * F0_HZ / BankAxis.SPACING_HZ;
        int low = (int) position;
        float[] envelope = frames.envelope()[middle];
        double read = 6.0206 * (envelope[low] + (position - low) * (envelope[low + 1] - envelope[low]));
        assertThat(read).as("harmonic %d of a vowel with F1 %.0f", k, vowel[0])
            .isCloseTo(20 * Math.log10(amplitude(k * F0_HZ, vowel)), within(2.0));
      }
    }
  }

  @Test
  void noiseIsWhatLiesBetweenTheHarmonics() {
    double sigma = 0.003;
    SpeechFrames frames = analyze(held(AA, sigma));
    for (int band = 2; NoiseBands.edgeHz(band + 1) < 7000; band++) {
      double share = (NoiseBands.edgeHz(band + 1) - NoiseBands.edgeHz(band)) / (RATE_HZ / 2.0);
      double sum = 0;
      for (int i = 20; i < frames.count() - 20; i++) {
        sum += 6.0206 * frames.noise()[i][band];
      }
      // the lower quartile of neighbouring frames is kept, so a little less than the mean
      double mean = 20 * Math.log10(sigma * Math.sqrt(share));
      assertThat(sum / (frames.count() - 40)).as("band %d", band).isBetween(mean - 7, mean + 1);
    }
    SpeechFrames clean = analyze(held(AA, 0));
    assertThat(6.0206 * clean.noise()[clean.count() / 2][6]).isLessThan(20 * Math.log10(sigma) - 30);
  }

  @Test
  void aVoiceStatesTheFormantsItWasRecordedWith() {
    float[] sound = new float[2 * RATE_HZ];
    sing(sound, 0.2, 0.6, AA);
    sing(sound, 0.8, 1.2, IY);
    sing(sound, 1.4, 1.8, UW);
    var segments = List.of(new LabelledSegment(0, 0.2, "SIL"), new LabelledSegment(0.2, 0.6, "AA"), new LabelledSegment(0.6, 0.8, "SIL"),
        new LabelledSegment(0.8, 1.2, "IY"), new LabelledSegment(1.2, 1.4, "SIL"), new LabelledSegment(1.4, 1.8, "UW"),
        new LabelledSegment(1.8, 2, "SIL"));
    var builder = new UnitBankBuilder(new VoiceDesign(70, 300, 5000, 118, 1, 0, 0, 0, 24, 0.1, 1));
    builder.add(builder.analyze(new LabelledRecording(new Recording("word.wav", sound, RATE_HZ), segments)));
    UnitBank bank = builder.build();
    List<PresetManifest.Vowel> stated = UnitPreset.vowels(bank, 5000);
    assertThat(stated).extracting(PresetManifest.Vowel::phone).containsExactly("AA", "IY", "UW");
    for (int vowel = 0; vowel < 3; vowel++) {
      double[] truth = List.of(AA, IY, UW).get(vowel);
      for (int formant = 0; formant < 2; formant++) {
        assertThat(stated.get(vowel).formantsHz().get(formant) / truth[formant]).as("F%d of %s", formant + 1, stated.get(vowel).phone())
            .isBetween(0.9, 1.1);
      }
    }
  }
}
