package dev.cantora.engine.performance;

import java.util.Arrays;

/**
 * What one singer is to do over one stretch of samples: points at which every control is stated, to be joined by straight
 * lines, in spans of unbroken sound with silence between them. The columns are reused from stretch to stretch; only their
 * owner may write, and {@link #points} and {@link #spans} say how much of them counts.
 */
public final class ControlTrack {

  private static final int FIRST_CAPACITY = 48;

  /** Number of timbres of the voice, the stride of {@link #weights}. */
  public final int timbres;

  /** Sample of each point on the clock of the render or session. */
  public long[] sample = new long[FIRST_CAPACITY];
  public double[] f0Hz = new double[FIRST_CAPACITY];
  /** Linear amplitude, with envelope, velocity and dynamics. */
  public float[] level = new float[FIRST_CAPACITY];
  /** Loudness aimed at, 0..1, without the envelope: what the source's tilt follows. */
  public float[] effort = new float[FIRST_CAPACITY];
  public float[] breathiness = new float[FIRST_CAPACITY];
  public float[] tension = new float[FIRST_CAPACITY];
  public float[] formantShift = new float[FIRST_CAPACITY];
  public float[] growl = new float[FIRST_CAPACITY];
  public float[] fry = new float[FIRST_CAPACITY];
  public float[] whisper = new float[FIRST_CAPACITY];
  public float[] pan = new float[FIRST_CAPACITY];
  /** Share of {@link #weights} in the colour: 0 lets the phonemes speak, 1 is the weights alone. */
  public float[] override = new float[FIRST_CAPACITY];
  /** Normalised weight per timbre, {@link #timbres} values per point. */
  public float[] weights;
  public int points;

  /** First point of each span; a span's last point is the one before the next span's first. */
  public int[] spanStart = new int[8];
  /** Glottal phase at each span's first point: whole turns above, 2^-32 turns below. */
  public long[] spanPhase = new long[8];
  public int spans;

  public ControlTrack(int timbres) {
    this.timbres = timbres;
    weights = new float[FIRST_CAPACITY * timbres];
  }

  public void clear() {
    points = 0;
    spans = 0;
  }

  /** Index after the last point of a span. */
  public int spanEnd(int span) {
    return span + 1 < spans ? spanStart[span + 1] : points;
  }

  /** Opens a span at the next point. @param phase glottal phase there */
  public void beginSpan(long phase) {
    if (spans == spanStart.length) {
      spanStart = Arrays.copyOf(spanStart, spans * 2);
      spanPhase = Arrays.copyOf(spanPhase, spans * 2);
    }
    spanStart[spans] = points;
    spanPhase[spans] = phase;
    spans++;
  }

  /** Appends a point. */
  public void add(ControlPoint point) {
    if (points == sample.length) {
      grow(points * 2);
    }
    int to = points++;
    sample[to] = point.sample;
    f0Hz[to] = point.f0Hz;
    level[to] = point.level;
    effort[to] = point.effort;
    breathiness[to] = point.breathiness;
    tension[to] = point.tension;
    formantShift[to] = point.formantShift;
    growl[to] = point.growl;
    fry[to] = point.fry;
    whisper[to] = point.whisper;
    pan[to] = point.pan;
    override[to] = point.override;
    System.arraycopy(point.weights, 0, weights, to * timbres, timbres);
  }

  private void grow(int capacity) {
    sample = Arrays.copyOf(sample, capacity);
    f0Hz = Arrays.copyOf(f0Hz, capacity);
    level = Arrays.copyOf(level, capacity);
    effort = Arrays.copyOf(effort, capacity);
    breathiness = Arrays.copyOf(breathiness, capacity);
    tension = Arrays.copyOf(tension, capacity);
    formantShift = Arrays.copyOf(formantShift, capacity);
    growl = Arrays.copyOf(growl, capacity);
    fry = Arrays.copyOf(fry, capacity);
    whisper = Arrays.copyOf(whisper, capacity);
    pan = Arrays.copyOf(pan, capacity);
    override = Arrays.copyOf(override, capacity);
    weights = Arrays.copyOf(weights, capacity * timbres);
  }
}
