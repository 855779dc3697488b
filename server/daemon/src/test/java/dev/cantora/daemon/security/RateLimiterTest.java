package dev.cantora.daemon.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void exactlyTheLimitPassesInAMinuteAndTheWaitIsTold() {
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5 * SECOND);
    RateLimiter limiter = new RateLimiter(20, 100, clock::get);
    for (int i = 0; i < 20; i++) {
      assertThat(limiter.tryAcquire("a").allowed()).isTrue();
      clock.addAndGet(SECOND / 2);
    }
    assertThat(limiter.tryAcquire("a")).isEqualTo(new RateLimiter.Decision(false, 50));
    assertThat(limiter.tryAcquire("b").allowed()).isTrue();
    clock.addAndGet(50 * SECOND);
    assertThat(limiter.tryAcquire("a").allowed()).isTrue();
  }

  @Test
  void refusedRequestsTakeNothingFromOtherBuckets() {
    AtomicLong clock = new AtomicLong();
    RateLimiter limiter = new RateLimiter(1, 100, clock::get);
    assertThat(limiter.tryAcquire("address", "ann").allowed()).isTrue();
    assertThat(limiter.tryAcquire("other", "ann").allowed()).isFalse();
    assertThat(limiter.tryAcquire("other", "bob").allowed()).isTrue();
  }

  @Property(tries = 200)
  void tableStaysBounded(@ForAll @Size(max = 200) List<@IntRange(min = 0, max = 1000) Integer> clients) {
    AtomicLong clock = new AtomicLong();
    RateLimiter limiter = new RateLimiter(5, 16, clock::get);
    for (int client : clients) {
      limiter.tryAcquire("c" + client);
      clock.addAndGet(SECOND);
      assertThat(limiter.trackedClients()).isLessThanOrEqualTo(16);
    }
  }
}
