package dev.cantora.engine.live;

import java.util.Arrays;

/**
 * Which slot plays which note, as seen from the caller: decided when a call is made, for the sample at which it will take
 * effect. A free slot first, else the releasing one nearest its end, else the one held longest (contract section 10).
 */
final class SlotTable {

  private static final long HELD = Long.MAX_VALUE;

  private String[] noteId;
  private long[] start;
  private long[] end;
  private long[] token;
  private boolean[] sustained;
  private double[] releaseMs;
  private int size;

  SlotTable(int size) {
    noteId = new String[0];
    start = new long[0];
    end = new long[0];
    token = new long[0];
    sustained = new boolean[0];
    releaseMs = new double[0];
    resize(size);
  }

  int size() {
    return size;
  }

  /** Slots beyond a smaller size are forgotten. */
  void resize(int slots) {
    if (slots > noteId.length) {
      noteId = Arrays.copyOf(noteId, slots);
      start = Arrays.copyOf(start, slots);
      end = Arrays.copyOf(end, slots);
      token = Arrays.copyOf(token, slots);
      sustained = Arrays.copyOf(sustained, slots);
      releaseMs = Arrays.copyOf(releaseMs, slots);
    }
    for (int slot = Math.min(size, slots); slot < noteId.length; slot++) {
      clear(slot);
    }
    size = slots;
  }

  private void clear(int slot) {
    noteId[slot] = null;
    end[slot] = 0;
    token[slot] = 0;
    sustained[slot] = false;
  }

  /** The slot that plays a note of this id, held or in its release, or -1. */
  int find(String id, long at) {
    for (int slot = 0; slot < size; slot++) {
      if (end[slot] > at && id.equals(noteId[slot])) {
        return slot;
      }
    }
    return -1;
  }

  boolean isFree(int slot, long at) {
    return end[slot] <= at;
  }

  boolean isHeld(int slot) {
    return end[slot] == HELD;
  }

  /** The slot for a new note. */
  int choose(long at) {
    int releasing = -1;
    int oldest = -1;
    for (int slot = 0; slot < size; slot++) {
      if (end[slot] <= at) {
        return slot;
      }
      if (end[slot] != HELD) {
        releasing = releasing < 0 || end[slot] < end[releasing] ? slot : releasing;
      } else {
        oldest = oldest < 0 || start[slot] < start[oldest] ? slot : oldest;
      }
    }
    return releasing >= 0 ? releasing : oldest;
  }

  void occupy(int slot, String id, long at, long newToken) {
    noteId[slot] = id;
    start[slot] = at;
    end[slot] = HELD;
    token[slot] = newToken;
    sustained[slot] = false;
  }

  long startOf(int slot) {
    return start[slot];
  }

  long tokenOf(int slot) {
    return token[slot];
  }

  void release(int slot, long endSample) {
    end[slot] = endSample;
    sustained[slot] = false;
  }

  /** Remembers that a held note waits for the pedal. */
  void sustain(int slot, double ms) {
    sustained[slot] = true;
    releaseMs[slot] = ms;
  }

  boolean isSustained(int slot) {
    return sustained[slot];
  }

  double sustainedReleaseMs(int slot) {
    return releaseMs[slot];
  }

  void clearAll() {
    for (int slot = 0; slot < size; slot++) {
      clear(slot);
    }
  }
}
