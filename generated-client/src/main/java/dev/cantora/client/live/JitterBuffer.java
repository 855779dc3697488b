package dev.cantora.client.live;

import dev.cantora.client.socket.AudioFrame;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Evens out the arrival of frames for an audio device that pulls. Fills to a target before it plays; when it runs dry it
 * plays silence and fills up again to a target one block higher. Dropped frames (gaps of {@code seq}) become silence of
 * their length, so that time stays right. Thread-safe; plain samples only, not Opus.
 */
public final class JitterBuffer {
  private static final int LONGEST_GAP_FRAMES = 50;

  private final int maxTargetSamples;
  private final Deque<float[]> blocks = new ArrayDeque<>();
  private int offset;
  private int buffered;
  private int targetSamples;
  private boolean playing;
  private long nextSeq;
  private long underruns;
  private long lostFrames;

  /**
   * @param targetSamples samples (all channels) to gather before playing, at least 1
   * @param maxTargetSamples highest target after underruns; beyond twice this the oldest blocks are dropped
   */
  public JitterBuffer(int targetSamples, int maxTargetSamples) {
    if (targetSamples < 1 || maxTargetSamples < targetSamples) {
      throw new IllegalArgumentException("needs 1 <= targetSamples <= maxTargetSamples");
    }
    this.targetSamples = targetSamples;
    this.maxTargetSamples = maxTargetSamples;
  }

  public synchronized void offer(AudioFrame frame) {
    float[] samples = frame.samples();
    long gap = frame.seq() - nextSeq;
    if (frame.seq() != 0 && gap > 0 && gap <= LONGEST_GAP_FRAMES && nextSeq != 0) {
      lostFrames += gap;
      for (long i = 0; i < gap; i++) {
        add(new float[samples.length]);
      }
    }
    nextSeq = frame.seq() + 1;
    add(samples);
    while (buffered > 2 * maxTargetSamples && blocks.size() > 1) {
      buffered -= blocks.removeFirst().length - offset;
      offset = 0;
    }
  }

  /** Fills the array, with silence where there is nothing yet. */
  public synchronized void read(float[] out) {
    if (!playing && buffered >= targetSamples) {
      playing = true;
    }
    int filled = 0;
    while (playing && filled < out.length && !blocks.isEmpty()) {
      float[] block = blocks.peekFirst();
      int count = Math.min(out.length - filled, block.length - offset);
      System.arraycopy(block, offset, out, filled, count);
      filled += count;
      offset += count;
      buffered -= count;
      if (offset == block.length) {
        blocks.removeFirst();
        offset = 0;
      }
    }
    if (filled < out.length) {
      java.util.Arrays.fill(out, filled, out.length, 0f);
      if (playing) {
        playing = false;
        underruns++;
        targetSamples = Math.min(maxTargetSamples, targetSamples + out.length);
      }
    }
  }

  /** Samples that wait. */
  public synchronized int bufferedSamples() {
    return buffered;
  }

  /** How often it ran dry. */
  public synchronized long underruns() {
    return underruns;
  }

  /** Frames that never came. */
  public synchronized long lostFrames() {
    return lostFrames;
  }

  private void add(float[] samples) {
    blocks.addLast(samples);
    buffered += samples.length;
  }
}
