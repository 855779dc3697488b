package dev.cantora.daemon.jam.mix;

/**
 * Gain and pan of a track on the way into a mix. Every change is a linear ramp of {@value #RAMP_SAMPLES} samples, stepped
 * sample by sample, so that it clicks nowhere and does not depend on how the stream is cut into blocks. For one thread.
 */
public final class Strip {

  /** 10 ms at 48 kHz. */
  public static final int RAMP_SAMPLES = 480;

  private float mono;
  private float left;
  private float right;
  private float monoStep;
  private float leftStep;
  private float rightStep;
  private float monoTarget;
  private float leftTarget;
  private float rightTarget;
  private int rampLeft;
  private final float[] monoRamp = new float[RAMP_SAMPLES];
  private final float[] leftRamp = new float[RAMP_SAMPLES];
  private final float[] rightRamp = new float[RAMP_SAMPLES];
  private int ramped;

  /** A strip that begins at these settings without a ramp. */
  public Strip(double gain, double pan, boolean audible) {
    target(gain, pan, audible);
    settle();
  }

  /**
   * Moves towards new settings.
   *
   * @param gain 0..2
   * @param pan -1..1; equal power: left cos, right sin of (pan + 1) * pi / 4 (contract, section 10)
   * @param audible false when muted, or when another track is soloed
   */
  public void moveTo(double gain, double pan, boolean audible) {
    target(gain, pan, audible);
    rampLeft = RAMP_SAMPLES;
    monoStep = (monoTarget - mono) / RAMP_SAMPLES;
    leftStep = (leftTarget - left) / RAMP_SAMPLES;
    rightStep = (rightTarget - right) / RAMP_SAMPLES;
  }

  /** Takes the strip over the next frames; {@link #add} then uses their gains, as often as there are mixes. */
  public void advance(int frames) {
    ramped = Math.min(frames, rampLeft);
    for (int i = 0; i < ramped; i++) {
      step();
      monoRamp[i] = mono;
      leftRamp[i] = left;
      rightRamp[i] = right;
    }
  }

  /**
   * Adds the frames of the last {@link #advance} into mixes.
   *
   * @param track mono, read from index 0
   * @param offset frame of the mixes at which to begin
   * @param monoMix or null
   * @param stereoMix interleaved, or null
   */
  public void add(float[] track, int frames, int offset, float[] monoMix, float[] stereoMix) {
    if (monoMix != null) {
      for (int i = 0; i < ramped; i++) {
        monoMix[offset + i] += monoRamp[i] * track[i];
      }
      for (int i = ramped; i < frames; i++) {
        monoMix[offset + i] += mono * track[i];
      }
    }
    if (stereoMix != null) {
      for (int i = 0; i < ramped; i++) {
        stereoMix[2 * (offset + i)] += leftRamp[i] * track[i];
        stereoMix[2 * (offset + i) + 1] += rightRamp[i] * track[i];
      }
      for (int i = ramped; i < frames; i++) {
        stereoMix[2 * (offset + i)] += left * track[i];
        stereoMix[2 * (offset + i) + 1] += right * track[i];
      }
    }
  }

  /** {@link #advance} and {@link #add} in one. */
  public void addTo(float[] track, int frames, int offset, float[] monoMix, float[] stereoMix) {
    advance(frames);
    add(track, frames, offset, monoMix, stereoMix);
  }

  /** Whether no ramp is under way. */
  public boolean steady() {
    return rampLeft == 0;
  }

  private void step() {
    rampLeft--;
    if (rampLeft == 0) {
      settle();
    } else {
      mono += monoStep;
      left += leftStep;
      right += rightStep;
    }
  }

  private void target(double gain, double pan, boolean audible) {
    double angle = (pan + 1) * StrictMath.PI / 4;
    double heard = audible ? gain : 0;
    monoTarget = (float) heard;
    leftTarget = (float) (heard * StrictMath.cos(angle));
    rightTarget = (float) (heard * StrictMath.sin(angle));
  }

  private void settle() {
    rampLeft = 0;
    mono = monoTarget;
    left = leftTarget;
    right = rightTarget;
  }
}
