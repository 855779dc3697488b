package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Ids of jobs: {@code job_} and 12 characters, or what the caller chose. */
final class JobIds {
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final SecureRandom random = new SecureRandom();

  /** @param chosen by the caller, or null @throws ApiException INVALID_JOB_ID */
  String idFor(String chosen) {
    if (chosen == null) {
      StringBuilder id = new StringBuilder("job_");
      random.ints(12, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
      return id.toString();
    }
    if (!ACCEPTED.matcher(chosen).matches()) {
      throw new ApiException(ErrorCode.INVALID_JOB_ID);
    }
    return chosen;
  }
}
