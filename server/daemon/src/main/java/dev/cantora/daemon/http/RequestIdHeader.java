package dev.cantora.daemon.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;

/** The header that carries the request id both ways. */
final class RequestIdHeader {
  static final HeaderName NAME = HeaderNames.create("X-Request-Id");

  private RequestIdHeader() {}
}
