package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/** Ids of jobs: {@code job_} and 12 characters, or what the caller chose. */
final class JobIds {
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final int KEYED_BYTES = 18;

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

  /** The same for the same request sent again. */
  static String keyed(String principalId, String operation, String key) {
    byte[] hash = Sha256.digest().digest((principalId + "\n" + operation + "\n" + key).getBytes(StandardCharsets.UTF_8));
    return "job_" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, KEYED_BYTES));
  }
}
