package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A client's clock placed on ours, with messages that travel as the test says. */
class ClientClockTest {

  private static final long NS_PER_MS = 1_000_000L;
  private static final long OURS_AHEAD_NS = 77_000_000_000L;
  private static final long FASTEST_WAY_NS = 3 * NS_PER_MS;

  private final ClientClock clock = new ClientClock();
  private final Random random = new Random(20261201);

  @Test
  void theJitterOfTheNetworkIsTakenOutOfTheRhythm() {
    clock.happenedNs(0, OURS_AHEAD_NS + FASTEST_WAY_NS);
    for (int clientMs = 10; clientMs < 4000; clientMs += 10) {
      long happenedNs = OURS_AHEAD_NS + clientMs * NS_PER_MS;
      long arrivedNs = happenedNs + FASTEST_WAY_NS + random.nextLong(80 * NS_PER_MS);
      assertThat(clock.happenedNs(clientMs, arrivedNs)).isEqualTo(happenedNs + FASTEST_WAY_NS);
    }
  }

  @Test
  void clocksThatDriftApartAreFollowed() {
    // the client's clock loses 100 ppm, a poor quartz; over an hour that is 360 ms
    long worstNs = 0;
    for (long second = 0; second < 3600; second++) {
      for (int note = 0; note < 5; note++) {
        long happenedNs = OURS_AHEAD_NS + (second * 1000 + note * 200) * NS_PER_MS;
        double clientMs = (happenedNs - OURS_AHEAD_NS) / 1e6 * (1 - 100e-6);
        long way = note == 0 ? FASTEST_WAY_NS : FASTEST_WAY_NS + random.nextLong(30 * NS_PER_MS);
        worstNs = Math.max(worstNs, Math.abs(clock.happenedNs(clientMs, happenedNs + way) - happenedNs - FASTEST_WAY_NS));
      }
    }
    assertThat(worstNs).as("what the clocks drift apart within ten seconds").isLessThan(2 * NS_PER_MS);
  }
}
