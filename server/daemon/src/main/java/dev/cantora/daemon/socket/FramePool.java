package dev.cantora.daemon.socket;

/**
 * Frames that lie ready for the producers of one thread. The one that was put back last is taken first: with hundreds of
 * connections a buffer of each one's own would have left the cache every time. For one thread.
 */
public final class FramePool {

  /** Frames kept; as many as wait for each other before they are sent, and some of another size. */
  private static final int PLACES = 64;

  private final AudioFrame[] places = new AudioFrame[PLACES];
  private int count;

  /** @return a frame of just this capacity, or null */
  AudioFrame take(int maxBytes) {
    for (int i = count - 1; i >= 0; i--) {
      AudioFrame frame = places[i];
      if (frame.capacity() == maxBytes) {
        places[i] = places[--count];
        places[count] = null;
        return frame;
      }
    }
    return null;
  }

  /** In a full pool another frame makes room. */
  void put(AudioFrame frame) {
    if (count == PLACES) {
      places[0] = frame; // the one that was not asked for longest, mostly
      return;
    }
    places[count++] = frame;
  }
}
