package dev.cantora.daemon.http;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.lifecycle.Lifecycle;
import dev.cantora.daemon.security.Authenticator;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.websocket.WsRouting;
import java.time.Duration;

/** Helidon's server with the daemon's limits. */
public final class HttpListener {
  /** Longest request line. */
  static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  /** All headers together. */
  static final int MAX_HEADER_BYTES = 32 * 1024;

  private final WebServer server;

  private HttpListener(WebServer server) {
    this.server = server;
  }

  /** Binds and listens. */
  public static HttpListener start(DaemonConfig config, OperationHandlers handlers, Authenticator authenticator,
      Schemas schemas, Lifecycle lifecycle, WsRouting.Builder sockets) {
    Gate gate = new Gate(config, handlers, authenticator, schemas, lifecycle, (request, response) -> {
      throw new ApiException(ErrorCode.NOT_FOUND);
    });
    WebServer server = WebServer.builder()
        .host(config.network().host())
        .port(config.network().port())
        .shutdownHook(false)
        .addProtocol(Http1Config.builder().maxPrologueLength(MAX_REQUEST_LINE_BYTES).maxHeadersSize(MAX_HEADER_BYTES)
            .validatePath(true).build())
        .connectionOptions(options -> options.readTimeout(Duration.ofHours(1)))
        .maxConcurrentRequests(config.http().maxConcurrentRequests())
        .maxTcpConnections(config.http().maxConnections())
        .directHandlers(ErrorResponder.direct())
        .addRouting(HttpRouting.builder().any(gate))
        .addRouting(sockets)
        .build()
        .start();
    return new HttpListener(server);
  }

  public int port() {
    return server.port();
  }

  /** Closes the listening socket and all connections. */
  public void stop() {
    server.stop();
  }
}
