package dev.cantora.daemon.http;

import io.helidon.http.Headers;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Ids that join an answer to its log lines. */
public final class RequestIds {
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final int RANDOM_CHARS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RequestIds() {}

  /** The id of a request with these headers. */
  public static String of(Headers headers) {
    return of(headers.first(RequestIdHeader.NAME).orElse(null));
  }

  /** The caller's id when it is harmless, else {@code req_} and 12 random characters. */
  static String of(String offered) {
    return offered != null && ACCEPTED.matcher(offered).matches() ? offered : create();
  }

  static String create() {
    byte[] random = new byte[RANDOM_CHARS];
    RANDOM.nextBytes(random);
    StringBuilder id = new StringBuilder("req_");
    for (byte b : random) {
      id.append(ALPHABET.charAt(b & 63));
    }
    return id.toString();
  }
}
