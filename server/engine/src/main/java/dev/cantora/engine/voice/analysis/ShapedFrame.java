package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.units.BankAxis;

/** A frame as a bank keeps it, still in floats. @param f0Hz 0 when unvoiced */
record ShapedFrame(float[] envelope, float[] noise, float[] formantsHz, float f0Hz) {

  /** @param harmonics log2 envelope before shaping, mostly that of the frame */
  static ShapedFrame of(float[] harmonics, SpokenFrames in, int frame, String phone, SpectrumShaper shaper, float noiseGain,
      float voiceGain) {
    float[] envelope = shaper.envelope(harmonics.clone());
    for (int p = 0; voiceGain < 0 && p < envelope.length; p++) {
      envelope[p] = Math.max(SpectralFrame.SILENCE, envelope[p] + voiceGain);
    }
    float[] noise = shaper.noise(in.frames.noise()[frame].clone(), phone);
    for (int band = 0; band < noise.length; band++) {
      noise[band] = Math.max(SpectralFrame.SILENCE, noise[band] + noiseGain);
    }
    return new ShapedFrame(envelope, noise, shaper.formants(in.formants[frame]), in.voiced(frame) ? in.frames.f0Hz()[frame] : 0f);
  }

  /** Mean square of harmonics of a pitch up to 8 kHz. */
  double power(double hz) {
    double power = 0;
    for (int k = 1; k * hz < BankAxis.FINE_TOP_HZ; k++) {
      double at = k * hz / BankAxis.SPACING_HZ;
      int low = (int) at;
      double log = envelope[low] + (at - low) * (envelope[low + 1] - envelope[low]);
      power += StrictMath.pow(4, log) / 2;
    }
    return power;
  }
}
