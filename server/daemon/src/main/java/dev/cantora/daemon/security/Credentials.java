package dev.cantora.daemon.security;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds the key that a client sent. REST takes it from the Authorization header alone; sockets also elsewhere. */
public final class Credentials {
  private static final String SCHEME = "bearer ";

  /** Sub-protocol that carries a key: {@code Sec-WebSocket-Protocol: cantora.v1, bearer.<key>}. */
  private static final String PROTOCOL_PREFIX = "bearer.";

  private Credentials() {}

  /** The key of an {@code Authorization: Bearer} header; the scheme's case does not matter. */
  public static Optional<String> bearer(String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String key = authorization.substring(SCHEME.length()).strip();
    return key.isEmpty() ? Optional.empty() : Optional.of(key);
  }

  /**
   * The key of a socket's upgrade request: {@code ?token=}, else the Authorization header, else a sub-protocol.
   *
   * @param rawQuery still percent-encoded, or null
   * @param authorization header or null
   * @param protocols items of Sec-WebSocket-Protocol
   */
  public static Optional<String> ofSocket(String rawQuery, String authorization, List<String> protocols) {
    return queryToken(rawQuery).or(() -> bearer(authorization)).or(() -> protocols.stream()
        .filter(protocol -> protocol.startsWith(PROTOCOL_PREFIX) && protocol.length() > PROTOCOL_PREFIX.length())
        .map(protocol -> protocol.substring(PROTOCOL_PREFIX.length())).findFirst());
  }

  private static Optional<String> queryToken(String rawQuery) {
    if (rawQuery == null) {
      return Optional.empty();
    }
    for (String pair : rawQuery.split("&")) {
      if (pair.startsWith("token=") && pair.length() > "token=".length()) {
        try {
          return Optional.of(URLDecoder.decode(pair.substring("token=".length()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException badEscape) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
