package dev.cantora.daemon.http;

import java.util.Map;

/** Headers that keep browsers from doing more with an answer than they should. */
final class SecurityHeaders {

  /** On every answer. */
  static final Map<String, String> ALWAYS = Map.of(
      "X-Content-Type-Options", "nosniff",
      "X-Frame-Options", "DENY",
      "Referrer-Policy", "no-referrer",
      "Cross-Origin-Opener-Policy", "same-origin");

  /** API answers are data, never documents. */
  static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}
}
