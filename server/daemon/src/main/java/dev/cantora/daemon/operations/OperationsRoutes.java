package dev.cantora.daemon.operations;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.SessionCounts;
import dev.cantora.daemon.api.OperationsService;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Health for cockpits and operators, and the API description. */
public final class OperationsRoutes extends OperationsService {
  private final DaemonConfig config;
  private final Authenticator authenticator;
  private final ServiceState state;
  private final Metrics metrics;
  private final long startNs = System.nanoTime();

  public OperationsRoutes(DaemonConfig config, Authenticator authenticator, ServiceState state, Metrics metrics) {
    this.config = config;
    this.authenticator = authenticator;
    this.state = state;
    this.metrics = metrics;
    metrics.gauge("queue_depth", "Renders waiting and running.", state::queueDepth);
    metrics.gauge("queue_inflight", "1 while a render runs.", () -> state.renderInFlight() ? 1 : 0);
    metrics.gauge("render_store_bytes_used", "Bytes charged to the render store.", () -> state.budget().usedBytes());
    metrics.gauge("render_store_budget_bytes", "Budget of the render store.", () -> state.budget().storeBudgetBytes());
    metrics.gauges("ws_sessions_active", "Connected sockets.", "kind",
        () -> Map.of("live", (double) state.liveSessions(), "jam", (double) state.jamSessions()));
  }

  @Override
  protected void getHealth(Exchange exchange) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("version", config.identity().version());
    answer.put("uptimeSec", uptimeSec());
    exchange.json(answer);
  }

  @Override
  protected void getHealthDetailed(Exchange exchange) {
    List<String> presets = state.presets();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("version", config.identity().version());
    answer.put("commit", config.identity().commit());
    answer.put("node", "java " + Runtime.version());
    if (exchange.principal().admin()) {
      answer.put("renderStorePath", config.store().renderStoreDir().toString());
      answer.put("presetDir", config.store().presetDir().toString());
    }
    answer.put("presetsFound", presets.size());
    answer.put("presets", presets);
    answer.put("uptimeSec", uptimeSec());
    answer.put("queue", Map.of("depth", state.queueDepth(), "inFlight", state.renderInFlight()));
    answer.put("budget", state.budget());
    answer.put("memory", ProcessLoad.memory());
    answer.put("sessions", new SessionCounts(state.liveSessions(), config.sockets().maxLiveSessions(),
        state.jamSessions(), config.sockets().maxJamSessions()));
    answer.put("cpu", ProcessLoad.cpu());
    answer.put("authMode", authenticator.mode().name().toLowerCase(Locale.ROOT));
    state.cluster().ifPresent(cluster -> answer.put("cluster", cluster));
    exchange.json(answer);
  }

  @Override
  protected void getOpenApi(Exchange exchange) {
    try (InputStream in = ErrorCode.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new ApiException(ErrorCode.OPENAPI_BUILD_FAILED);
      }
      exchange.bytes(200, "application/json; charset=utf-8", in.readAllBytes());
    } catch (IOException unreadable) {
      throw ApiException.builder(ErrorCode.OPENAPI_BUILD_FAILED).cause(unreadable).build();
    }
  }

  @Override
  protected void getMetrics(Exchange exchange) {
    exchange.bytes(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
  }

  private long uptimeSec() {
    return (System.nanoTime() - startNs) / 1_000_000_000L;
  }
}
