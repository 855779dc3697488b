package dev.cantora.daemon.cluster;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client of NATS has to say, as lines of the daemon's log. */
final class LinkLog implements ErrorListener {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLink.class);

  @Override
  public void errorOccurred(Connection connection, String error) {
    LOG.atWarn().addKeyValue("reason", error).log("cluster_connection_error");
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    LOG.atWarn().addKeyValue("reason", String.valueOf(exception.getMessage())).log("cluster_connection_error");
  }
}
