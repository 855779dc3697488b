package dev.cantora.daemon.operations;

import dev.cantora.daemon.api.ProbesService;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.lifecycle.Lifecycle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Is the process alive, does it take work. */
public final class Probes extends ProbesService {
  private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);

  private final Lifecycle lifecycle;

  public Probes(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  protected void livez(Exchange exchange) {
    exchange.bytes(200, "text/plain; charset=utf-8", OK);
  }

  @Override
  protected void readyz(Exchange exchange) {
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
}
