package dev.cantora.daemon.http;

import dev.cantora.daemon.security.Origins;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

/** Headers of every answer below the API's mounts: what browsers may do with it, and that the alias is old. */
final class ApiHeaders {
  private static final String PREFLIGHT_METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final String PREFLIGHT_HEADERS =
      "Authorization, Content-Type, X-Request-Id, X-Render-Job-Id, Range, If-Range, If-None-Match, Idempotency-Key, Prefer, Accept";
  private static final String EXPOSED_HEADERS = "X-Request-Id, X-Render-Job-Id, Retry-After, Location, Idempotency-Replayed";

  private final Origins origins;

  ApiHeaders(Origins origins) {
    this.origins = origins;
  }

  /** @param alias whether the path begins with {@code /api} alone */
  void set(Exchange exchange, boolean alias) {
    ServerResponse response = exchange.response();
    if (alias) {
      String path = exchange.request().prologue().uriPath().rawPath();
      set(response, "Deprecation", "true");
      set(response, "Sunset", "Wed, 31 Dec 2025 23:59:59 GMT");
      set(response, "Link", "</api/v1" + path.substring("/api".length()) + ">; rel=\"successor-version\"");
    }
    if (origins.vary()) {
      set(response, "Vary", "Origin");
      String origin = exchange.request().headers().first(HeaderNames.ORIGIN).orElse(null);
      if (origins.allows(origin)) {
        set(response, "Access-Control-Allow-Origin", origin);
        set(response, "Access-Control-Expose-Headers", EXPOSED_HEADERS);
      }
    }
  }

  /** Answers a preflight. @return whether it was one */
  boolean preflight(Exchange exchange, String method, String allowed) {
    if (!method.equals("OPTIONS")) {
      return false;
    }
    ServerResponse response = exchange.response();
    set(response, "Allow", allowed + ", OPTIONS");
    if (response.headers().contains(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      set(response, "Access-Control-Allow-Methods", PREFLIGHT_METHODS);
      set(response, "Access-Control-Allow-Headers", PREFLIGHT_HEADERS);
      set(response, "Access-Control-Max-Age", "600");
    }
    response.status(Status.NO_CONTENT_204).send();
    return true;
  }

  private static void set(ServerResponse response, String name, String value) {
    response.headers().set(HeaderValues.create(name, value));
  }
}
