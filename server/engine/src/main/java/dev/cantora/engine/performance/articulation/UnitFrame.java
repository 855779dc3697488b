package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.units.BankAxis;
import dev.cantora.engine.voice.units.UnitBank;

/** One decoded frame of a unit bank, in a buffer that its owner reuses. */
final class UnitFrame {
  final float[] envelope = new float[BankAxis.GRID_POINTS];
  final float[] noise = new float[NoiseBands.COUNT];
  final float[] formantsHz = new float[UnitBank.FORMANTS];

  void read(UnitBank bank, int frame) {
    bank.envelope(frame, envelope);
    bank.noise(frame, noise);
    for (int i = 0; i < formantsHz.length; i++) {
      formantsHz[i] = bank.formantHz(frame, i);
    }
  }

  void copy(UnitFrame from) {
    System.arraycopy(from.envelope, 0, envelope, 0, envelope.length);
    System.arraycopy(from.noise, 0, noise, 0, noise.length);
    System.arraycopy(from.formantsHz, 0, formantsHz, 0, formantsHz.length);
  }

  void silence(float level) {
    java.util.Arrays.fill(envelope, level);
    java.util.Arrays.fill(noise, level);
    java.util.Arrays.fill(formantsHz, 0f);
  }

  /** Becomes {@code a + share (b - a)}, straight, without moving formants. */
  void mix(UnitFrame a, UnitFrame b, float share) {
    for (int i = 0; i < envelope.length; i++) {
      envelope[i] = a.envelope[i] + share * (b.envelope[i] - a.envelope[i]);
    }
    for (int i = 0; i < noise.length; i++) {
      noise[i] = a.noise[i] + share * (b.noise[i] - a.noise[i]);
    }
    for (int i = 0; i < formantsHz.length; i++) {
      formantsHz[i] = a.formantsHz[i] + share * (b.formantsHz[i] - a.formantsHz[i]);
    }
  }
}
