package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.units.UnitBank;
import java.util.List;

/** Floats to the bytes of a {@link UnitBank}. */
final class UnitBankPacker {

  /** What lies lower is noise of the recording, and costs space. */
  private static final int FLOOR = Math.round(UnitBank.RANGE / UnitBank.STEP);

  private UnitBankPacker() {}

  /** @param gains log2 gain on envelopes and on noise */
  static UnitBank pack(
      List<String> phones, List<ShapedFrame> rows, int[] unitOf, int[] firstFrame, int[] boundary, int[] target, float[] gains) {
    float top = -100;
    for (ShapedFrame row : rows) {
      for (float value : row.envelope()) {
        top = Math.max(top, value + gains[0]);
      }
      for (float value : row.noise()) {
        top = Math.max(top, value + gains[1]);
      }
    }
    top = (float) Math.ceil(top);
    byte[] frames = new byte[rows.size() * UnitBank.FRAME_BYTES];
    for (int i = 0; i < rows.size(); i++) {
      ShapedFrame row = rows.get(i);
      int at = i * UnitBank.FRAME_BYTES;
      for (float value : row.envelope()) {
        frames[at++] = level(value + gains[0], top);
      }
      for (float value : row.noise()) {
        frames[at++] = level(value + gains[1], top);
      }
      for (float hz : row.formantsHz()) {
        frames[at++] = (byte) Math.clamp(Math.round(hz / UnitBank.FORMANT_STEP_HZ), 0, 255);
      }
    }
    return new UnitBank(phones, top, unitOf, firstFrame, boundary, target, frames);
  }

  private static byte level(float value, float top) {
    return (byte) Math.clamp(Math.round((top - value) / UnitBank.STEP), 0, FLOOR);
  }
}
