package dev.cantora.daemon.live;

/** Releases notes whose note_off never came, as after a lost connection of a keyboard. For one thread. */
final class ForgottenNotes {

  private static final int MAX_HELD_SEC = 120;
  private static final long CHECK_NS = 5_000_000_000L;
  private static final double RELEASE_MS = 100;

  private long nextCheckNs;

  void start(long nowNs) {
    nextCheckNs = nowNs + CHECK_NS;
  }

  void releaseWhenDue(long nowNs, VoiceChain chain) {
    if (nowNs - nextCheckNs >= 0) {
      nextCheckNs = nowNs + CHECK_NS;
      for (String noteId : chain.heldLongerThan((long) MAX_HELD_SEC * chain.settings().sampleRateHz())) {
        chain.apply(new ChainEvent.NoteOff(noteId, RELEASE_MS, chain.position()), System.currentTimeMillis());
      }
    }
  }
}
