package dev.cantora.daemon.socket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Whose turn it is to write to a connection: the sender's, or, while that sleeps, somebody's who stands in for it. Either sees
 * what the other did before. Nobody waits but the sender.
 */
final class SenderTurn {

  private static final int RUNNING = 0;
  private static final int SIGNALLED = 1;
  private static final int SLEEPING = 2;
  private static final int STOOD_IN = 3;
  /** Stood in for, and to be woken after that. */
  private static final int STOOD_IN_SIGNALLED = 4;

  private final AtomicInteger state = new AtomicInteger(RUNNING);

  /** Has the sender look once more for something to send. Any thread. */
  void wake(Thread sender) {
    while (true) {
      int seen = state.get();
      if (seen == SIGNALLED || seen == STOOD_IN_SIGNALLED) {
        return;
      }
      if (state.compareAndSet(seen, seen == STOOD_IN ? STOOD_IN_SIGNALLED : SIGNALLED)) {
        if (seen == SLEEPING) {
          LockSupport.unpark(sender);
        }
        return;
      }
    }
  }

  /** Takes the turn of a sender that sleeps. @return whether it does; then {@link #end} must follow */
  boolean standIn() {
    return state.compareAndSet(SLEEPING, STOOD_IN);
  }

  /** Ends a turn in the sender's place. @param done whether nothing is left for the sender to do */
  void end(boolean done, Thread sender) {
    if (!done || !state.compareAndSet(STOOD_IN, SLEEPING)) {
      state.set(SIGNALLED);
      LockSupport.unpark(sender);
    }
  }

  /** The sender begins to look for something to send. */
  void begin() {
    state.set(RUNNING);
  }

  /** The sender found nothing more. Returns when it is woken, at once if it was meanwhile. */
  void sleep() {
    if (state.compareAndSet(RUNNING, SLEEPING)) {
      while (state.get() != SIGNALLED) {
        LockSupport.park(this);
      }
    }
  }
}
