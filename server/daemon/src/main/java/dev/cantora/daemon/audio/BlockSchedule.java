package dev.cantora.daemon.audio;

/**
 * When the blocks of one stream are due on the monotonic clock: block n at start + n * blockSize / sampleRate, computed
 * from the sample count each time, so that nothing accumulates. For one thread.
 *
 * <p>Starts lie on a grid of {@value #GRID_SAMPLES} samples (0.67 ms at 48 kHz) counted from the clock's epoch. All block
 * sizes are multiples of it, so sessions fall due together and one wake-up renders them all.
 */
public final class BlockSchedule {

  /** All block sizes are multiples of this. */
  public static final int GRID_SAMPLES = 32;

  /**
   * A stream later than this is not caught up but moved: a listener's buffer ran dry long ago, and a burst would only
   * overflow it. Up to here late blocks follow at once, as they refill that buffer.
   */
  static final long MAX_CATCH_UP_NS = 200_000_000L;

  private static final long NS_PER_SEC = 1_000_000_000L;

  private final long epochNs;
  private final int sampleRateHz;
  private final int blockSize;
  private long startSample;
  private long blocks;
  private long dueNs;

  /** @param epochNs origin of the grid on {@link System#nanoTime}, the same for all streams of a clock */
  public BlockSchedule(long epochNs, int sampleRateHz, int blockSize) {
    if (blockSize % GRID_SAMPLES != 0 || blockSize <= 0) {
      throw new IllegalArgumentException("block size must be a multiple of " + GRID_SAMPLES);
    }
    this.epochNs = epochNs;
    this.sampleRateHz = sampleRateHz;
    this.blockSize = blockSize;
  }

  /** Sets sample 0 of the stream to the first grid point at or after this time. Block 0 is due then. */
  public void start(long nowNs) {
    startSample = gridAtOrAfter(nowNs);
    blocks = 0;
    dueNs = dueOf(0);
  }

  /** When the next block is due. */
  public long dueNs() {
    return dueNs;
  }

  /** First sample of the next block, counted from the start of the stream. */
  public long nextSample() {
    return blocks * blockSize;
  }

  public int blockSize() {
    return blockSize;
  }

  /** The next block is done. */
  public void advance() {
    blocks++;
    dueNs = dueOf(blocks);
  }

  /** The sample of the stream that a moment falls on; negative before the start. */
  public long sampleAt(long timeNs) {
    return samplesOf(timeNs - epochNs) - startSample;
  }

  /**
   * The sample at which something that just happened shall sound: one block after it happened, so always within the block
   * that is rendered next or just behind, with the spacing of events kept to the sample.
   */
  public long soundingSample(long happenedNs) {
    return Math.max(sampleAt(happenedNs) + blockSize, nextSample());
  }

  /**
   * Moves a stream that has fallen behind too far.
   *
   * @return by how many samples it was moved, 0 when it is in time or can catch up
   */
  public long moveIfHopeless(long nowNs) {
    if (nowNs - dueNs <= MAX_CATCH_UP_NS) {
      return 0;
    }
    long moved = gridAtOrAfter(nowNs) - (startSample + nextSample());
    startSample += moved;
    dueNs = dueOf(blocks);
    return moved;
  }

  private long dueOf(long block) {
    return epochNs + nanosOf(startSample + block * blockSize);
  }

  private long gridAtOrAfter(long timeNs) {
    long sample = Math.ceilDiv(samplesOf(timeNs - epochNs), GRID_SAMPLES) * GRID_SAMPLES;
    return epochNs + nanosOf(sample) - timeNs >= 0 ? sample : sample + GRID_SAMPLES;
  }

  /** Rounded down, without overflow for 290 years. */
  private long samplesOf(long nanos) {
    long seconds = Math.floorDiv(nanos, NS_PER_SEC);
    return seconds * sampleRateHz + Math.floorMod(nanos, NS_PER_SEC) * sampleRateHz / NS_PER_SEC;
  }

  private long nanosOf(long samples) {
    long seconds = Math.floorDiv(samples, (long) sampleRateHz);
    return seconds * NS_PER_SEC + Math.floorMod(samples, (long) sampleRateHz) * NS_PER_SEC / sampleRateHz;
  }
}
