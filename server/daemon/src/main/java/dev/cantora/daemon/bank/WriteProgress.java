package dev.cantora.daemon.bank;

import java.io.IOException;

/** How much of a file is written; readers wait for more. */
final class WriteProgress {
  private long bytes;
  private boolean ended;
  private boolean failed;

  synchronized void advance(long more) {
    bytes += more;
    notifyAll();
  }

  /** Nothing more will come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** What is there is not all there should be; without effect after the end. */
  synchronized void fail() {
    failed = !ended;
    notifyAll();
  }

  /** Waits until there is more than that. @return how much there is; the same number again at the end of the file */
  synchronized long awaitMoreThan(long known) throws IOException, InterruptedException {
    while (bytes <= known && !ended && !failed) {
      wait();
    }
    if (failed) {
      throw new IOException("the audio was given up");
    }
    return bytes;
  }
}
