package dev.cantora.daemon.jam.mix;

/**
 * The metronome's sound (contract, section 9): 880 Hz on the downbeat, 440 Hz else, 10 ms, amplitude 0.3 falling linearly.
 * It is added below the head room that a limited mix leaves, so the sum never passes 1.
 */
public final class Click {

  private static final double LENGTH_SEC = 0.010;
  private static final float AMPLITUDE = 0.3f;

  private final float[] downbeat;
  private final float[] otherBeat;
  private float[] sounding;
  private int position;

  public Click(int sampleRateHz) {
    downbeat = tone(880, sampleRateHz);
    otherBeat = tone(440, sampleRateHz);
    sounding = otherBeat;
    position = otherBeat.length;
  }

  /** Starts a click with the next sample that is added. */
  public void strike(boolean onDownbeat) {
    sounding = onDownbeat ? downbeat : otherBeat;
    position = 0;
  }

  /** Writes the click's samples from {@code offset}, zeros when it is silent. */
  public void render(float[] out, int offset, int frames) {
    for (int i = offset; i < offset + frames; i++) {
      out[i] = position < sounding.length ? sounding[position++] : 0;
    }
  }

  /** Adds a rendered click into a limited mix, keeping within full scale. */
  public static void addLimited(float[] click, float[] mix, int frames, int channels) {
    for (int i = 0; i < frames; i++) {
      if (click[i] != 0) {
        for (int c = 0; c < channels; c++) {
          float sum = mix[i * channels + c] + click[i];
          mix[i * channels + c] = Math.max(-1f, Math.min(1f, sum));
        }
      }
    }
  }

  private static float[] tone(double hz, int sampleRateHz) {
    int length = (int) StrictMath.round(LENGTH_SEC * sampleRateHz);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      double fade = 1 - (double) i / length;
      samples[i] = (float) (AMPLITUDE * fade * StrictMath.sin(2 * StrictMath.PI * hz * i / sampleRateHz));
    }
    return samples;
  }
}
