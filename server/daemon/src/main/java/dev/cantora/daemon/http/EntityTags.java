package dev.cantora.daemon.http;

import java.util.Arrays;

/** Comparison of entity tags (RFC 9110, section 13.1.2). */
public final class EntityTags {
  private EntityTags() {}

  /** Whether a caller that sent this If-None-Match has the version of the tag. Weak tags count, as for every GET. */
  public static boolean match(String ifNoneMatch, String etag) {
    return Arrays.stream(ifNoneMatch.split(",")).map(String::strip)
        .anyMatch(known -> known.equals("*") || known.equals(etag) || known.equals("W/" + etag));
  }
}
