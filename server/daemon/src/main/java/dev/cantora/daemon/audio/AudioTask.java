package dev.cantora.daemon.audio;

/** Something the audio clock runs: a session. Always called on the same thread. */
@FunctionalInterface
public interface AudioTask {

  /** {@link #run}'s answer when only a wake-up brings more to do. */
  long IDLE = Long.MAX_VALUE;

  /**
   * Does what is due, at most one block of audio, so that no session waits for another's backlog.
   *
   * @param nowNs {@link System#nanoTime}
   * @return when to be called again, a past time for at once, or {@link #IDLE}
   */
  long run(long nowNs);

  /**
   * Follows a {@link #run} once the other tasks that were due with it have run, or a few of them where they are many. The
   * place to wake threads: woken together they find each other awake, and the machine switches once instead of each time.
   */
  default void flush() {}
}
