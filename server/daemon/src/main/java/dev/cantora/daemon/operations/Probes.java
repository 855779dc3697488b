package dev.cantora.daemon.operations;

import dev.cantora.api.Operation;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.http.Capability;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.http.OperationHandlers;
import dev.cantora.daemon.lifecycle.Lifecycle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Is the process alive, does it take work, which version is it. */
public final class Probes implements Capability {
  private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);

  private final DaemonConfig config;
  private final Lifecycle lifecycle;
  private final long startNs = System.nanoTime();

  public Probes(DaemonConfig config, Lifecycle lifecycle) {
    this.config = config;
    this.lifecycle = lifecycle;
  }

  @Override
  public void register(OperationHandlers handlers) {
    handlers.on(Operation.LIVEZ, exchange -> exchange.bytes(200, "text/plain; charset=utf-8", OK))
        .on(Operation.READYZ, this::ready)
        .on(Operation.GET_HEALTH, this::health);
  }

  /** Whole seconds since the daemon was built. */
  public long uptimeSec() {
    return (System.nanoTime() - startNs) / 1_000_000_000L;
  }

  private void ready(Exchange exchange) {
    List<String> failing = lifecycle.failing();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", failing.isEmpty());
    answer.put("ready", failing.isEmpty());
    if (failing.isEmpty()) {
      exchange.json(answer);
      return;
    }
    answer.put("failing", failing);
    answer.put("hint", failing.contains("render_queue_draining")
        ? "The daemon is shutting down." : "Wait for the start to finish, or fix what failing[] names.");
    exchange.setHeader("Retry-After", "1").json(503, answer);
  }

  private void health(Exchange exchange) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("version", config.identity().version());
    answer.put("uptimeSec", uptimeSec());
    exchange.json(answer);
  }
}
