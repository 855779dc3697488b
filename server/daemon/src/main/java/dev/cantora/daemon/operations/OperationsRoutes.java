package dev.cantora.daemon.operations;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.api.OperationsService;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.security.Authenticator;
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
  private final long startNs = System.nanoTime();

  public OperationsRoutes(DaemonConfig config, Authenticator authenticator, ServiceState state) {
    this.config = config;
    this.authenticator = authenticator;
    this.state = state;
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
    answer.put("sessions", Map.of("live", state.liveSessions(), "jam", state.jamSessions()));
    answer.put("cpu", ProcessLoad.cpu());
    answer.put("authMode", authenticator.mode().name().toLowerCase(Locale.ROOT));
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
    throw new ApiException(ErrorCode.NOT_FOUND);
  }

  private long uptimeSec() {
    return (System.nanoTime() - startNs) / 1_000_000_000L;
  }
}
