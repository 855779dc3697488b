package dev.cantora.daemon.audio;

import dev.cantora.daemon.socket.FramePool;

/**
 * Buffers that the tasks of one audio thread take turns with, so that they are in its cache for hundreds of tasks. For that
 * thread.
 */
public final class AudioScratch {

  private static final int SIZES = 8;

  private final FramePool frames = new FramePool();
  private final float[][] blocks = new float[SIZES][];
  private int nextSize;

  /** Frames for messages that are sent before the thread rests. */
  public FramePool frames() {
    return frames;
  }

  /** Room for a block of just so many samples. Whoever runs next may write over it. */
  public float[] block(int samples) {
    for (float[] block : blocks) {
      if (block != null && block.length == samples) {
        return block;
      }
    }
    float[] made = new float[samples];
    blocks[nextSize] = made;
    nextSize = (nextSize + 1) % SIZES;
    return made;
  }
}
