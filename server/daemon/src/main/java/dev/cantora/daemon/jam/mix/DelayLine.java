package dev.cantora.daemon.jam.mix;

/**
 * The recent past of a track, for listeners who hear it later. Memory is taken in pieces while the past grows, so that no
 * block pays for all of it. Changes of the delay and gaps are cross-faded, so that they click nowhere. For one thread.
 */
public final class DelayLine {

  /** Longest delay. */
  public static final int MAX_DELAY_SAMPLES = 16 * 48000;
  /** 10 ms at 48 kHz. */
  private static final int FADE_SAMPLES = 480;
  /** Voices that were silenced need 10 ms; what they sound meanwhile belongs to the past that is cut off. */
  private static final int SILENCING_SAMPLES = 2 * FADE_SAMPLES;
  private static final int PIECE_SAMPLES = 1 << 14;
  private static final int PIECES = MAX_DELAY_SAMPLES / PIECE_SAMPLES + 2;

  private final float[][] pieces = new float[PIECES][];
  private long written;
  private long delay;
  private long floor;
  private long delayBefore;
  private long floorBefore;
  private int fadeLeft;

  /** @param delaySamples 0..{@link #MAX_DELAY_SAMPLES} */
  public DelayLine(int delaySamples) {
    delay = delaySamples;
  }

  public int delaySamples() {
    return (int) delay;
  }

  /** Reads from another place of the past from now on. */
  public void delay(int delaySamples) {
    if (delaySamples != delay) {
      fade();
      delay = delaySamples;
    }
  }

  /** What was written so far is not heard any more: the transport stopped or went elsewhere. */
  public void cut() {
    fade();
    floor = written + SILENCING_SAMPLES;
  }

  private void fade() {
    delayBefore = delay;
    floorBefore = floor;
    fadeLeft = FADE_SAMPLES;
  }

  /** Appends the present and gives the past of the same length. */
  public void pass(float[] present, float[] past, int frames) {
    for (int i = 0; i < frames; i++) {
      write(present[i]);
      long now = written - 1;
      float sample = read(now - delay, floor);
      if (fadeLeft > 0) {
        float before = (float) fadeLeft / FADE_SAMPLES;
        sample = before * read(now - delayBefore, floorBefore) + (1 - before) * sample;
        fadeLeft--;
      }
      past[i] = sample;
    }
  }

  private void write(float sample) {
    int piece = (int) (written / PIECE_SAMPLES % PIECES);
    if (pieces[piece] == null) {
      pieces[piece] = new float[PIECE_SAMPLES];
    }
    pieces[piece][(int) (written % PIECE_SAMPLES)] = sample;
    written++;
  }

  private float read(long position, long notBefore) {
    return position < notBefore ? 0 : pieces[(int) (position / PIECE_SAMPLES % PIECES)][(int) (position % PIECE_SAMPLES)];
  }
}
