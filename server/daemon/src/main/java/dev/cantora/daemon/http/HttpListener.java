package dev.cantora.daemon.http;

import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.lifecycle.Lifecycle;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.security.FailureBrake;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.daemon.telemetry.ProcessFacts;
import dev.cantora.daemon.telemetry.Tracing;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Helidon's server with the daemon's limits. */
public final class HttpListener {
  /** Longest request line. */
  static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  /** Where Helidon gives up on headers with a plain 400; the gate refuses smaller ones with 431 already. */
  static final int MAX_HEADER_BYTES = 2 * RequestHead.MAX_HEADER_BYTES;

  private static final int MIN_SPARE_DESCRIPTORS = 64;
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  private final WebServer server;

  private HttpListener(WebServer server) {
    this.server = server;
  }

  /**
   * Binds and listens.
   *
   * @throws IllegalStateException when the address cannot be listened on, as when another program does
   */
  public static HttpListener start(DaemonConfig config, OperationHandlers handlers, Authenticator authenticator,
      Schemas schemas, Lifecycle lifecycle, Metrics metrics, Tracing tracing, FailureBrake brake, Http1Upgrader sockets,
      AnswerStore answers) {
    ConnectionWatch connections = new ConnectionWatch(http1(sockets), Duration.ofMillis(config.http().requestReadTimeoutMs()));
    Gate gate = new Gate(config, handlers, authenticator, schemas, lifecycle, metrics, tracing, brake, connections, answers);
    WebServer server = WebServer.builder()
        .host(config.network().host())
        .port(config.network().port())
        .shutdownHook(false)
        .protocolsDiscoverServices(false)
        .addConnectionSelector(connections)
        .connectionOptions(options -> options.tcpNoDelay(true))
        .maxTcpConnections(affordable(config.http().maxConnections()))
        .directHandlers(ErrorResponder.direct())
        .addRouting(HttpRouting.builder().any(gate))
        .build()
        .start();
    if (!server.isRunning()) {
      throw new IllegalStateException(whyNot(config.network()));
    }
    return new HttpListener(server);
  }

  /** Helidon logs why it cannot listen, and goes on without. */
  private static String whyNot(DaemonConfig.Network network) {
    String address = network.host() + " port " + network.port();
    try (ServerSocket again = new ServerSocket()) {
      again.bind(new InetSocketAddress(network.host(), network.port()));
      return "Nothing could listen at " + address + " just now. Try again.";
    } catch (IOException reason) {
      return "Cannot listen at " + address + ": " + reason.getMessage()
          + ". End what listens there, or choose another PORT (0 picks a free one), CANTORA_HOST or DEV_HOST.";
    }
  }

  /**
   * Connections that leave descriptors for files: Helidon's listener ends for good when a connection cannot be accepted for
   * want of one, so further ones must wait before they are accepted.
   */
  private static int affordable(int wanted) {
    long limit = ProcessFacts.maxDescriptors();
    long left = limit - ProcessFacts.openDescriptors() - Math.max(MIN_SPARE_DESCRIPTORS, limit / 4);
    if (left >= wanted) {
      return wanted;
    }
    int affordable = (int) Math.max(1, left);
    LOG.atWarn().addKeyValue("wanted", wanted).addKeyValue("connections", affordable).addKeyValue("descriptors", limit)
        .addKeyValue("hint", "Raise the limit of open files (ulimit -n, LimitNOFILE).").log("boot_connections_limited");
    return affordable;
  }

  private static Http1ConnectionSelector http1(Http1Upgrader sockets) {
    return Http1ConnectionSelector.builder()
        .config(Http1Config.builder().maxPrologueLength(MAX_REQUEST_LINE_BYTES).maxHeadersSize(MAX_HEADER_BYTES).build())
        // Helidon compares the token exactly, RFC 6455 without case: both common spellings
        .putUpgrader("websocket", sockets)
        .putUpgrader("WebSocket", sockets)
        .build();
  }

  public int port() {
    return server.port();
  }

  /** Closes the listening socket and all connections. */
  public void stop() {
    server.stop();
  }
}
