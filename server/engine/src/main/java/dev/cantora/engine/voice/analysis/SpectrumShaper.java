package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.units.BankAxis;
import dev.cantora.engine.voice.units.PhoneClass;
import java.util.Set;

/** Turns analysed frames into those a voice keeps: continued above the recording's band, sharpened, shifted, tilted. */
final class SpectrumShaper {

  private static final double TILT_FROM_HZ = 500;
  /** What recordings hold above this share of their Nyquist frequency is their anti-aliasing filter. */
  private static final double USABLE = 0.92;
  /** Fall of harmonics above the recorded band, log2 per kHz (3 dB): between a -12 dB/octave source and losses of the tract. */
  private static final double HARMONICS_FALL = 0.5;
  private static final double SMOOTH_HZ = 500;
  private static final Set<String> BRIGHT = Set.of("S", "Z", "T", "F", "TH", "V", "DH");

  private static final int VOICE_OFFSET_FRAMES = 4;

  private final VoiceDesign design;
  private final double usableHz;

  SpectrumShaper(VoiceDesign design, int rateHz) {
    this.design = design;
    this.usableHz = rateHz / 2.0 * USABLE;
  }

  /** Changes the envelope in place and returns it. */
  float[] envelope(float[] envelope) {
    extendEnvelope(envelope);
    sharpen(envelope);
    float[] source = envelope.clone();
    for (int p = 0; p < envelope.length; p++) {
      double hz = BankAxis.hz(p);
      float value = design.formantScale() == 1 ? source[p] : at(source, hz / design.formantScale());
      double octaves = Math.clamp(StrictMath.log(Math.max(hz, 1) / TILT_FROM_HZ) / StrictMath.log(2), 0.0, 4.0);
      envelope[p] = (float) Math.max(SpectralFrame.SILENCE, value + octaves * design.tiltDbPerOctave() / 6.0206);
    }
    return envelope;
  }

  private void extendEnvelope(float[] envelope) {
    if (usableHz >= BankAxis.hz(envelope.length - 1)) {
      return;
    }
    double sum = 0;
    int count = 0;
    for (int p = 0; p < envelope.length && BankAxis.hz(p) <= usableHz; p++) {
      if (BankAxis.hz(p) > usableHz - 1500) {
        sum += envelope[p];
        count++;
      }
    }
    double mean = sum / count;
    double centre = usableHz - 750;
    for (int p = 0; p < envelope.length; p++) {
      double hz = BankAxis.hz(p);
      if (hz > usableHz) {
        envelope[p] = (float) Math.max(SpectralFrame.SILENCE, mean - HARMONICS_FALL * (hz - centre) / 1000);
      }
    }
  }

  private void sharpen(float[] envelope) {
    if (design.sharpening() == 0) {
      return;
    }
    float[] source = envelope.clone();
    int reach = (int) (SMOOTH_HZ / BankAxis.SPACING_HZ);
    for (int p = 0; p < BankAxis.FINE_POINTS; p++) {
      double sum = 0;
      double weights = 0;
      for (int q = Math.max(0, p - reach); q <= Math.min(BankAxis.FINE_POINTS - 1, p + reach); q++) {
        double weight = reach + 1 - Math.abs(p - q);
        sum += weight * source[q];
        weights += weight;
      }
      double fade = Math.clamp((5500 - BankAxis.hz(p)) / 1000, 0.0, 1.0);
      envelope[p] = (float) (source[p] + fade * design.sharpening() * (source[p] - sum / weights));
    }
  }

  private static float at(float[] envelope, double hz) {
    double position = hz <= BankAxis.FINE_TOP_HZ ? hz / BankAxis.SPACING_HZ
        : BankAxis.FINE_POINTS - 1 + (hz - BankAxis.FINE_TOP_HZ) / BankAxis.COARSE_HZ;
    int low = Math.min((int) position, envelope.length - 2);
    float part = (float) Math.min(1, position - low);
    return envelope[low] + part * (envelope[low + 1] - envelope[low]);
  }

  /** Fills the bands above the recorded ones, in place. */
  float[] noise(float[] noise, String phone) {
    double fall = (BRIGHT.contains(phone) ? 1.0 : 3.0) / 6.0206;
    int last = (int) NoiseBands.position(usableHz) - 1;
    if (last < 1 || last >= NoiseBands.COUNT - 1) {
      return noise;
    }
    double density = noise[last] - 0.5 * log2(NoiseBands.edgeHz(last + 1) - NoiseBands.edgeHz(last));
    double centre = (NoiseBands.edgeHz(last + 1) + NoiseBands.edgeHz(last)) / 2;
    for (int band = last + 1; band < NoiseBands.COUNT; band++) {
      double low = NoiseBands.edgeHz(band);
      double high = NoiseBands.edgeHz(band + 1);
      double away = Math.min(16000, (low + high) / 2) - centre;
      noise[band] = (float) Math.max(SpectralFrame.SILENCE, density + 0.5 * log2(high - low) - fall * away / 1000);
    }
    return noise;
  }

  /** Formants where the shaped envelope has them. */
  float[] formants(float[] hz) {
    float[] shaped = new float[hz.length];
    for (int i = 0; i < hz.length; i++) {
      shaped[i] = (float) (hz[i] * design.formantScale());
    }
    return shaped;
  }

  /**
   * Frames of a sonorant that keep what noise was found in them before a sound: friction begins a little before its
   * boundary, nothing does before a closure.
   */
  static int noisyFramesBefore(PhoneClass next) {
    return next.isSonorant() || next == PhoneClass.SILENCE ? 0 : next == PhoneClass.STOP ? 2 : 4;
  }

  /** The same after a sound: aspiration lasts longest after voiceless stops. */
  static int noisyFramesAfter(String before) {
    PhoneClass kind = PhoneClass.of(before);
    return kind.isSonorant() || kind == PhoneClass.SILENCE ? 0
        : kind == PhoneClass.STOP && PhoneClass.isVoiceless(before) ? 10 : 4;
  }

  /** Log2 gain on the noise of a frame. @param noisy frames of a sonorant that keep theirs @param frames to the boundary */
  float noiseGain(PhoneClass phone, int noisy, int frames) {
    if (!phone.isSonorant()) {
      return (float) (design.noiseGainDb() / 6.0206);
    }
    return frames < noisy ? 0f : Math.max(SpectralFrame.SILENCE, -1.5f * (frames - noisy + 1));
  }

  /** Log2 gain on the harmonics of a frame: what is left of the voice in a voiceless sound dies away from its boundary. */
  float voiceGain(String phone, int frames) {
    return PhoneClass.isVoiceless(phone) && frames >= VOICE_OFFSET_FRAMES
        ? Math.max(SpectralFrame.SILENCE, -2f * (frames - VOICE_OFFSET_FRAMES + 1)) : 0f;
  }

  private static double log2(double x) {
    return StrictMath.log(x) / StrictMath.log(2);
  }
}
