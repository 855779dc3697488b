package dev.cantora.daemon.http;

import dev.cantora.api.Operation;
import dev.cantora.daemon.telemetry.Metrics;
import io.helidon.http.HeaderNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is written down and counted at the end of every request. */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");
  private static final Set<String> DESTRUCTIVE_METHODS = Set.of("DELETE", "PATCH", "PUT");

  private final Metrics metrics;
  private final long slowRequestMs;

  /** @param slowRequestMs from which a request has a line of its own */
  AccessLog(Metrics metrics, long slowRequestMs) {
    this.metrics = metrics;
    this.slowRequestMs = slowRequestMs;
  }

  void finished(Exchange exchange, long startNs) {
    int status = exchange.response().status().code();
    exchange.trace().end(method(exchange.operation()), route(exchange.operation()), status, exchange.requestId());
    long durNs = System.nanoTime() - startNs;
    long durMs = durNs / 1_000_000;
    count(exchange, status, durNs / 1e9);
    var line = status >= 500 ? LOG.atError() : status >= 400 ? LOG.atWarn() : LOG.atInfo();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("method", exchange.request().prologue().method().text());
    fields.put("path", exchange.request().prologue().uriPath().rawPath());
    fields.put("status", status);
    fields.put("durMs", durMs);
    fields.put("ip", exchange.clientAddress().getHostAddress());
    fields.put("ua", exchange.request().headers().first(HeaderNames.USER_AGENT).orElse(""));
    fields.forEach(line::addKeyValue);
    line.log("request_finished");
    if (durMs >= slowRequestMs) {
      var slow = LOG.atWarn();
      fields.forEach(slow::addKeyValue);
      slow.addKeyValue("thresholdMs", slowRequestMs).log("slow_request");
    }
    audit(exchange, status);
  }

  /** Who removed, changed or stopped what, and whether it was allowed. */
  private static void audit(Exchange exchange, int status) {
    Operation operation = exchange.operation();
    if (operation == null || !(DESTRUCTIVE_METHODS.contains(operation.method()) || operation == Operation.CANCEL_JOB_BY_POST)) {
      return;
    }
    AUDIT.atInfo().addKeyValue("action", operation.id())
        .addKeyValue("principal", exchange.principal() == null ? null : exchange.principal().id())
        .addKeyValue("target", exchange.request().prologue().uriPath().rawPath())
        .addKeyValue("ip", exchange.clientAddress().getHostAddress())
        .addKeyValue("outcome", status < 400 ? "done" : "refused").addKeyValue("status", status).log("audit");
  }

  /** Probes and scrapes would drown everything else; unknown paths share one label, so that clients cannot make new ones. */
  private void count(Exchange exchange, int status, double seconds) {
    Operation operation = exchange.operation();
    if (operation == Operation.LIVEZ || operation == Operation.READYZ || operation == Operation.GET_METRICS) {
      return;
    }
    metrics.request(method(operation), route(operation), status, seconds);
  }

  private static String route(Operation operation) {
    return operation == null ? "other" : (operation.prefixed() ? "/api/v1" : "") + operation.path();
  }

  private static String method(Operation operation) {
    return operation == null ? "other" : operation.method();
  }
}
