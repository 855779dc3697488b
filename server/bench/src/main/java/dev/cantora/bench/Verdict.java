package dev.cantora.bench;

import java.util.Locale;

/** A table of what was promised and what was measured, line by line as it is known. */
public final class Verdict {
  private boolean good = true;

  /** @param measured as it should be read, with its unit @param promise likewise */
  public void line(String what, String measured, String promise, boolean kept) {
    good &= kept;
    System.out.printf(Locale.ROOT, "%-34s %28s   %-34s %s%n", what, measured, promise, kept ? "kept" : "BROKEN");
  }

  /** A count that must be zero. */
  public void none(String what, long count) {
    line(what, Long.toString(count), "none", count == 0);
  }

  /** @return exit code: 0 when every promise was kept */
  public int exitCode() {
    System.out.println(good ? "every promise was kept" : "NOT every promise was kept");
    return good ? 0 : 1;
  }
}
