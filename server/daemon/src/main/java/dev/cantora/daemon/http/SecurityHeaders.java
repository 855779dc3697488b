package dev.cantora.daemon.http;

import java.util.Map;

/** Headers that keep browsers from doing more with an answer than they should. */
final class SecurityHeaders {

  /** On every answer. Most are data, never documents; pages have a policy of their own. */
  static final Map<String, String> ALWAYS = Map.of(
      "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
      "X-Content-Type-Options", "nosniff",
      "X-Frame-Options", "DENY",
      "Referrer-Policy", "no-referrer",
      "Cross-Origin-Opener-Policy", "same-origin");

  private SecurityHeaders() {}
}
