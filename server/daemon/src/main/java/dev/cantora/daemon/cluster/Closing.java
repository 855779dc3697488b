package dev.cantora.daemon.cluster;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what hangs on the connection; at the end of a node nobody cares how. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void quietly(AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      } catch (Exception harmless) {
        LOG.debug("cluster_closing", harmless);
      }
    }
  }
}
