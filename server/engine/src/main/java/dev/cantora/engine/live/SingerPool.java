package dev.cantora.engine.live;

import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.voice.Voice;
import java.util.Arrays;

/**
 * The singers of a choir and who sings for which slot. There are a few more than slots, so that a note can fade while its slot
 * sings the next. For one thread, but for {@link #reserve}.
 */
final class SingerPool {

  /** Singers beyond the number of slots, for notes that fade outside. */
  private static final int SPARES = 4;
  /** What a voice that sang nothing yet glides from: middle C (contract section 10). */
  private static final double FIRST_MIDI = 60;
  private static final LiveSinger[] NOBODY = {};

  /** @param choir whose controls the singers follow */
  private record Reserve(SingerPool choir, LiveSinger[] singers) implements LiveVoice.Reserve {}

  private final Voice voice;
  private final SessionControls controls;
  private final int sampleRateHz;
  private volatile LiveSinger[] singers = NOBODY;
  private LiveSinger[] slotSinger = NOBODY;
  private double[] slotMidi = new double[0];
  /** Written so that the JIT does not leave the reading out. */
  private float fetched;

  SingerPool(Voice voice, SessionControls controls, int sampleRateHz, int slots) {
    this.voice = voice;
    this.controls = controls;
    this.sampleRateHz = sampleRateHz;
    grow(slots, null);
  }

  /** What {@link #grow} will lack. Any thread. */
  LiveVoice.Reserve reserve(int slots) {
    LiveSinger[] made = new LiveSinger[Math.max(0, slots + SPARES - singers.length)];
    Arrays.setAll(made, i -> newSinger());
    return new Reserve(this, made);
  }

  /** Has singers for at least so many slots. @param reserve of this pool, or it is not used */
  void grow(int slots, LiveVoice.Reserve reserve) {
    if (slots > slotSinger.length) {
      int before = slotSinger.length;
      slotSinger = Arrays.copyOf(slotSinger, slots);
      slotMidi = Arrays.copyOf(slotMidi, slots);
      Arrays.fill(slotMidi, before, slots, FIRST_MIDI);
    }
    int wanted = slots + SPARES;
    if (wanted > singers.length) {
      LiveSinger[] ready = reserve instanceof Reserve own && own.choir() == this ? own.singers() : NOBODY;
      int before = singers.length;
      LiveSinger[] more = Arrays.copyOf(singers, wanted);
      for (int i = before; i < wanted; i++) {
        more[i] = i - before < ready.length ? ready[i - before] : newSinger();
      }
      singers = more;
    }
  }

  /** Slots from this one on are gone: what they sing ends outside. */
  void dismiss(int firstSlot, long now) {
    for (int slot = firstSlot; slot < slotSinger.length; slot++) {
      if (slotSinger[slot] != null && slotSinger[slot].isSounding() && !slotSinger[slot].isReleasing()) {
        slotSinger[slot].fade(now);
      }
      slotSinger[slot] = null; // a release goes on outside the pool
    }
  }

  /** Silence, with singers for so many slots. */
  void restart(int slots) {
    LiveSinger[] all = singers;
    if (all.length > slots + SPARES) {
      all = Arrays.copyOf(all, slots + SPARES);
      singers = all;
    }
    for (LiveSinger singer : all) {
      singer.silence();
    }
    Arrays.fill(slotSinger, null);
    Arrays.fill(slotMidi, FIRST_MIDI);
  }

  /** All singers, always in the same order, so that sums do not depend on where events and calls divide the time. */
  void playTo(long sample, Desk desk, long origin) {
    fetch();
    for (LiveSinger singer : singers) {
      singer.playTo(sample, desk, origin);
    }
  }

  /**
   * Reads a value of every cache line that singing will need. With hundreds of sessions what a singer has reached has left the
   * near caches since its last block; read like this the misses overlap, in the midst of singing they would follow each other.
   */
  private void fetch() {
    float sum = 0f;
    for (LiveSinger singer : singers) {
      sum += singer.fetch();
    }
    fetched = sum;
  }

  void fadeAll(long now) {
    for (LiveSinger singer : singers) {
      if (singer.isSounding()) {
        singer.fade(now);
      }
    }
  }

  /** Who sings for a slot; null when nobody does or there is no such slot. */
  LiveSinger of(int slot) {
    return slot < slotSinger.length ? slotSinger[slot] : null;
  }

  /** Another note begins in a slot; the one before fades out beside it unless it is retriggered. */
  void start(int slot, boolean retrigger, LiveNote note, long token, long now, long seed) {
    LiveSinger singer = slotSinger[slot];
    if (singer == null || singer.isSounding() && !retrigger) {
      LiveSinger silent = silent();
      if (silent != null) {
        if (singer != null) {
          singer.fade(now);
        }
        singer = silent;
      }
    }
    if (singer == null) {
      singer = quietest();
    }
    slotSinger[slot] = singer;
    singer.start(note, token, now, slotMidi[slot], seed);
    slotMidi[slot] = note.midi();
  }

  int sounding() {
    int sounding = 0;
    for (LiveSinger singer : singers) {
      sounding += singer.isSounding() ? 1 : 0;
    }
    return sounding;
  }

  private LiveSinger newSinger() {
    return new LiveSinger(voice, controls, sampleRateHz);
  }

  private LiveSinger silent() {
    for (LiveSinger singer : singers) {
      if (!singer.isSounding() && !isSeated(singer)) {
        return singer;
      }
    }
    return null;
  }

  /** With every singer sounding, the quietest outside the slots goes on with the new note. */
  private LiveSinger quietest() {
    LiveSinger quietest = null;
    for (LiveSinger singer : singers) {
      if (!isSeated(singer) && (quietest == null || singer.level() < quietest.level())) {
        quietest = singer;
      }
    }
    return quietest;
  }

  private boolean isSeated(LiveSinger singer) {
    for (LiveSinger seated : slotSinger) {
      if (seated == singer) {
        return true;
      }
    }
    return false;
  }
}
