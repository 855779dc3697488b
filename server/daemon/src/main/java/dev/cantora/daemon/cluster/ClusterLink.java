package dev.cantora.daemon.cluster;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.config.ClusterSettings;
import dev.cantora.daemon.config.ConfigException;
import dev.cantora.daemon.errors.ApiException;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to NATS. It comes back by itself; calls meanwhile are tried again for a while, then refused. Thread-safe. */
final class ClusterLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLink.class);
  private static final Duration START_PATIENCE = Duration.ofSeconds(15);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PING = Duration.ofSeconds(2);
  /** How long a call waits for a new leader of a stream, or for the connection. */
  private static final Duration CALL_PATIENCE = Duration.ofSeconds(12);
  private static final long RETRY_MS = 100;
  /** While a stream has no leader or the metadata group is voting. */
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int TEMPORARY = 500;
  /** While servers that have just started do not know each other yet. */
  private static final int NO_PEERS = 10005;
  /** While nodes that start together make the same stream: the one that is just being made is taken for another. */
  private static final int SUBJECTS_OVERLAP = 10065;

  private final Connection connection;
  private final JetStreamOptions options = JetStreamOptions.builder().requestTimeout(REQUEST_TIMEOUT).build();
  private final AtomicInteger reconnects;
  private final int replicas;

  private ClusterLink(Connection connection, AtomicInteger reconnects, int replicas) {
    this.connection = connection;
    this.reconnects = reconnects;
    this.replicas = replicas;
  }

  /**
   * Connects, waiting a while for servers that are just starting.
   *
   * @throws ConfigException when no server answers, the login is refused, or JetStream is not enabled
   */
  static ClusterLink open(ClusterSettings settings, String nodeId) {
    AtomicInteger reconnects = new AtomicInteger();
    Options.Builder builder = Options.builder().servers(settings.servers().toArray(String[]::new))
        .connectionName("cantora " + nodeId).maxReconnects(-1).reconnectWait(Duration.ofMillis(250))
        .connectionTimeout(Duration.ofSeconds(2)).pingInterval(PING).maxPingsOut(2)
        .errorListener(new LinkLog())
        .connectionListener((link, event) -> {
          if (event == io.nats.client.ConnectionListener.Events.RECONNECTED) {
            reconnects.incrementAndGet();
          }
          LOG.atInfo().addKeyValue("event", event.name().toLowerCase(java.util.Locale.ROOT)).log("cluster_connection");
        });
    if (settings.credentials() != null) {
      builder.authHandler(Nats.credentials(settings.credentials().toString()));
    }
    Connection connection = connect(builder.build());
    ClusterLink link = new ClusterLink(connection, reconnects, settings.replicas());
    try {
      link.call(() -> link.management().getAccountStatistics());
    } catch (ApiException without) {
      link.close();
      throw new ConfigException(List.of("CANTORA_CLUSTER names servers on which JetStream does not answer: "
          + reason(without.getCause()) + "."));
    }
    return link;
  }

  private static Connection connect(Options options) {
    long endNs = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      try {
        return Nats.connect(options);
      } catch (AuthenticationException refused) {
        throw new ConfigException(List.of("CANTORA_CLUSTER names servers that refuse the login."));
      } catch (IOException | IllegalArgumentException absent) {
        if (absent instanceof IllegalArgumentException || System.nanoTime() > endNs) {
          throw new ConfigException(List.of("CANTORA_CLUSTER names no server that answers within "
              + START_PATIENCE.toSeconds() + " s: " + reason(absent) + "."));
        }
        pause();
      } catch (InterruptedException stopped) {
        throw interrupted(stopped);
      }
    }
  }

  private static String reason(Throwable cause) {
    return cause == null || cause.getMessage() == null ? "no reason given" : cause.getMessage().replaceAll("\\p{Cntrl}", " ");
  }

  /** Something that asks NATS. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException, JetStreamApiException, InterruptedException;
  }

  /**
   * Runs a call that may be repeated, again and again while there is no leader or no connection.
   *
   * @throws ApiException CLUSTER_UNAVAILABLE in the end
   * @throws Refused when JetStream answered with an error that repeating will not mend
   */
  <T> T call(Call<T> call) {
    long endNs = System.nanoTime() + CALL_PATIENCE.toNanos();
    while (true) {
      Exception failure;
      try {
        return call.run();
      } catch (JetStreamApiException refused) {
        if (!passes(refused)) {
          throw new Refused(refused);
        }
        failure = refused;
      } catch (IOException | IllegalStateException away) {
        failure = away;
      } catch (InterruptedException stopped) {
        throw interrupted(stopped);
      }
      if (System.nanoTime() > endNs || connection.getStatus() == Connection.Status.CLOSED) {
        throw unavailable(failure);
      }
      pause();
    }
  }

  private static boolean passes(JetStreamApiException refused) {
    return refused.getErrorCode() == SERVICE_UNAVAILABLE || refused.getErrorCode() == TEMPORARY
        || refused.getApiErrorCode() == NO_PEERS || refused.getApiErrorCode() == SUBJECTS_OVERLAP;
  }

  /** An answer of JetStream that says no. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int WRONG_LAST_SEQUENCE = 10071;

    private final int apiErrorCode;

    Refused(JetStreamApiException cause) {
      super(cause.getMessage(), cause);
      this.apiErrorCode = cause.getApiErrorCode();
    }

    int apiErrorCode() {
      return apiErrorCode;
    }

    /** Somebody else changed it first. */
    boolean conflict() {
      return apiErrorCode == WRONG_LAST_SEQUENCE;
    }
  }

  static ApiException unavailable(Throwable cause) {
    return ApiException.builder(ErrorCode.CLUSTER_UNAVAILABLE).header("Retry-After", "1").cause(cause).build();
  }

  static ApiException interrupted(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return unavailable(stopped);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MS);
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }

  Connection connection() {
    return connection;
  }

  JetStreamManagement management() throws IOException {
    return connection.jetStreamManagement(options);
  }

  JetStream jetStream() throws IOException {
    return connection.jetStream(options);
  }

  JetStreamOptions options() {
    return options;
  }

  int replicas() {
    return replicas;
  }

  boolean connected() {
    return connection.getStatus() == Connection.Status.CONNECTED;
  }

  /** How often the connection came back. */
  int reconnects() {
    return reconnects.get();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
