package dev.cantora.client.http;

import dev.cantora.client.errors.ApiException;
import dev.cantora.client.errors.CantoraException;
import dev.cantora.client.errors.ConnectionException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a request is sent again. Answers with status 429 and 503 began no work and are repeated after what their
 * Retry-After says; a connection that failed is repeated where that cannot do anything twice.
 *
 * @param maxAttempts attempts in all, at least 1
 * @param firstDelay wait before the second attempt where the daemon names none; doubles each time, with jitter
 * @param maxDelay longest wait; an answer that asks for more is not waited for
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {

  /** Four attempts, at most 60 s apart. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofMillis(200), Duration.ofSeconds(60));

  /** One attempt. */
  public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));

  public RetryPolicy {
    if (maxAttempts < 1 || firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException("needs at least one attempt and 0 <= firstDelay <= maxDelay");
    }
  }

  /**
   * How long to wait before the next attempt, empty when there is none.
   *
   * @param attempt the attempt that failed, the first is 1
   * @param repeatable whether the request may reach the daemon twice without harm
   */
  Optional<Duration> delayAfter(int attempt, boolean repeatable, CantoraException failure) {
    if (attempt >= maxAttempts || !retriable(repeatable, failure)) {
      return Optional.empty();
    }
    Duration asked = failure instanceof ApiException refused ? refused.report().retryAfter() : null;
    if (asked != null) {
      return asked.compareTo(maxDelay) > 0 ? Optional.empty() : Optional.of(asked);
    }
    double spread = 0.5 + ThreadLocalRandom.current().nextDouble() / 2;
    double delayMs = Math.min(firstDelay.toMillis() * Math.pow(2, attempt - 1), maxDelay.toMillis()) * spread;
    return Optional.of(Duration.ofMillis(Math.round(delayMs)));
  }

  private static boolean retriable(boolean repeatable, CantoraException failure) {
    if (failure instanceof ApiException refused) {
      int status = refused.report().httpStatus();
      return status == 429 || status == 503;
    }
    boolean neverConnected = failure instanceof ConnectionException && failure.getCause() instanceof ConnectException;
    return repeatable || neverConnected;
  }
}
