package dev.cantora.engine.voice.units;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralGrid;
import java.util.List;

/**
 * An inventory of units in memory. A unit leads from the cut in its left phone to the cut in its right phone; cuts lie
 * where a phone may be held. Frames are {@value #HOP_SEC} s apart. Levels are bytes, steps of {@value #STEP} in log2
 * amplitude (0.75 dB) below {@link #top}.
 */
public final class UnitBank {

  public static final double HOP_SEC = 0.005;
  public static final float STEP = 1f / 8;
  /** How far below {@link #top} levels are told apart, 81 dB: what lay lower in a recording is written as this and does not sound. */
  public static final float RANGE = 13.5f;
  /** Envelope points stored per frame; see {@link BankAxis}. */
  public static final int ENVELOPE = BankAxis.POINTS;
  public static final int NOISE = NoiseBands.COUNT;
  /** Formants stored per frame. */
  public static final int FORMANTS = 4;
  /** Resolution of stored formants. */
  public static final float FORMANT_STEP_HZ = 20;
  public static final int FRAME_BYTES = ENVELOPE + NOISE + FORMANTS;

  private final List<String> phones;
  private final float top;
  private final int[] unitOf;
  private final int[] firstFrame;
  private final int[] boundary;
  private final int[] targetFrame;
  private final byte[] frames;

  /**
   * @param phones names, at most 250; index 0 is {@code SIL}
   * @param top log2 amplitude of byte 0
   * @param unitOf index of the unit from phone a to phone b at {@code a * phones + b}, or -1
   * @param firstFrame per unit, and one more for the end of the last
   * @param boundary per unit, frames before the boundary of its phones
   * @param targetFrame per phone, the frame it is held on, or -1
   * @param frames {@link #FRAME_BYTES} each: envelope, noise, formants
   */
  public UnitBank(
      List<String> phones, float top, int[] unitOf, int[] firstFrame, int[] boundary, int[] targetFrame, byte[] frames) {
    this.phones = List.copyOf(phones);
    this.top = top;
    this.unitOf = unitOf;
    this.firstFrame = firstFrame;
    this.boundary = boundary;
    this.targetFrame = targetFrame;
    this.frames = frames;
  }

  public List<String> phones() {
    return phones;
  }

  public float top() {
    return top;
  }

  /** The axes of its frames. */
  public SpectralGrid grid() {
    return new SpectralGrid(BankAxis.GRID_POINTS, BankAxis.SPACING_HZ, 0, top - RANGE + STEP / 2);
  }

  public int units() {
    return boundary.length;
  }

  public int frameCount() {
    return firstFrame[boundary.length];
  }

  /** Index of a phone or -1. */
  public int phone(String name) {
    return phones.indexOf(name);
  }

  /** The unit between two phones, or -1 when the inventory lacks it. */
  public int unit(int left, int right) {
    return unitOf[left * phones.size() + right];
  }

  /** First frame of a unit; that of {@code unit + 1} ends it. */
  public int firstFrame(int unit) {
    return firstFrame[unit];
  }

  /** Frame at which the left phone of a unit gives way to the right one. */
  public int boundaryFrame(int unit) {
    return firstFrame[unit] + boundary[unit];
  }

  /** Frame on which a phone is held, or -1. */
  public int targetFrame(int phone) {
    return targetFrame[phone];
  }

  /** All frames; not to be written. */
  byte[] frames() {
    return frames;
  }

  int[] unitOf() {
    return unitOf;
  }

  int[] boundaries() {
    return boundary;
  }

  int[] targetFrames() {
    return targetFrame;
  }

  /** Writes a frame's envelope on {@link BankAxis#GRID_POINTS} points of {@link BankAxis#SPACING_HZ} Hz. */
  public void envelope(int frame, float[] out) {
    int at = frame * FRAME_BYTES;
    for (int i = 0; i < BankAxis.FINE_POINTS; i++) {
      out[i] = top - STEP * (frames[at + i] & 0xff);
    }
    float low = out[BankAxis.FINE_POINTS - 1];
    int to = BankAxis.FINE_POINTS;
    for (int i = BankAxis.FINE_POINTS; i < ENVELOPE; i++) {
      float high = top - STEP * (frames[at + i] & 0xff);
      float rise = 0.25f * (high - low);
      out[to] = low + rise;
      out[to + 1] = low + 2 * rise;
      out[to + 2] = low + 3 * rise;
      out[to + 3] = high;
      to += 4;
      low = high;
    }
  }

  /** Greatest log2 amplitude of a frame's envelope. */
  public float peak(int frame) {
    int at = frame * FRAME_BYTES;
    int least = 0xff;
    for (int i = 0; i < ENVELOPE; i++) {
      least = Math.min(least, frames[at + i] & 0xff);
    }
    return top - STEP * least;
  }

  /** Writes a frame's noise bands. */
  public void noise(int frame, float[] out) {
    int at = frame * FRAME_BYTES + ENVELOPE;
    for (int i = 0; i < NOISE; i++) {
      out[i] = top - STEP * (frames[at + i] & 0xff);
    }
  }

  /** A formant in Hz, 0 where unknown. @param number 0 for F1 */
  public float formantHz(int frame, int number) {
    return FORMANT_STEP_HZ * (frames[frame * FRAME_BYTES + ENVELOPE + NOISE + number] & 0xff);
  }
}
