package dev.cantora.daemon.audio;

/**
 * What happened to the samples since it was last read: greatest level before and after the limiter, greatest jump between
 * neighbours after it, samples that were no numbers. For one thread.
 */
public final class LevelMeter {

  private final int channels;
  private final float[] previous;
  private float peakBefore;
  private float peakAfter;
  private float maxDelta;
  private long notNumbers;

  public LevelMeter(int channels) {
    this.channels = channels;
    this.previous = new float[channels];
  }

  /** Measures before the limiter, and replaces what is no finite number by silence. */
  public void before(float[] samples, int count) {
    float most = greatest(samples, count);
    if (!(most <= Float.MAX_VALUE)) {
      repair(samples, count);
      most = greatest(samples, count);
    }
    peakBefore = Math.max(peakBefore, most);
  }

  /** Measures what is sent. */
  public void after(float[] samples, int count) {
    float steepest = maxDelta;
    for (int i = channels; i < count; i++) {
      steepest = Math.max(steepest, Math.abs(samples[i] - samples[i - channels]));
    }
    for (int c = 0; c < Math.min(channels, count); c++) {
      steepest = Math.max(steepest, Math.abs(samples[c] - previous[c]));
      previous[c] = samples[count - channels + c];
    }
    maxDelta = steepest;
    peakAfter = Math.max(peakAfter, greatest(samples, count));
  }

  /** NaN when one of the samples is. The JIT makes vector code of such a loop. */
  private static float greatest(float[] samples, int count) {
    float most = 0f;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, Math.abs(samples[i]));
    }
    return most;
  }

  /** dBFS before the limiter, negative infinity for silence. */
  public double peakBeforeDbfs() {
    return dbfs(peakBefore);
  }

  /** By how many dB the limiter lowered the greatest level; 0 for silence. */
  public double reductionDb() {
    return peakAfter == 0 ? 0 : Math.max(0, dbfs(peakBefore) - dbfs(peakAfter));
  }

  public float maxDelta() {
    return maxDelta;
  }

  /** Samples replaced by silence since the start. */
  public long notNumbers() {
    return notNumbers;
  }

  /** Begins a new window. */
  public void reset() {
    peakBefore = 0;
    peakAfter = 0;
    maxDelta = 0;
  }

  /** Begins a new stream. */
  public void restart() {
    reset();
    java.util.Arrays.fill(previous, 0f);
    notNumbers = 0;
  }

  private void repair(float[] samples, int count) {
    for (int i = 0; i < count; i++) {
      if (!(Math.abs(samples[i]) <= Float.MAX_VALUE)) {
        samples[i] = 0;
        notNumbers++;
      }
    }
  }

  /** Figures for people, so {@link Math} will do. */
  private static double dbfs(float magnitude) {
    return 20 * Math.log10(magnitude);
  }
}
