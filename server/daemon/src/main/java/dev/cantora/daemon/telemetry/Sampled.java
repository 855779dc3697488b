package dev.cantora.daemon.telemetry;

import java.util.function.Supplier;

/** A value that is read anew only when the last reading is old, so that eager scrapers cost nothing. Thread-safe. */
final class Sampled<T> implements Supplier<T> {
  private final Supplier<T> source;
  private final long intervalNs;
  private T value;
  private long readNs;

  /** @param intervalNs 0 reads every time */
  Sampled(Supplier<T> source, long intervalNs) {
    this.source = source;
    this.intervalNs = intervalNs;
  }

  @Override
  public synchronized T get() {
    long now = System.nanoTime();
    if (value == null || now - readNs >= intervalNs) {
      value = source.get();
      readNs = now;
    }
    return value;
  }
}
