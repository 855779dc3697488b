package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.engine.LiveConfig;
import org.junit.jupiter.api.Test;

/** What counts as late, with time that this test sets: due times lie in the past by as much as is wanted. */
class PlayerLatenessTest {

  private static final int BLOCK = 512;
  private static final LiveConfig SETTINGS = new LiveConfig(48000, 1, 1, 1, null);
  private static final long SECOND_NS = 1_000_000_000L;

  private final VoiceChain chain = new VoiceChain(ToneInstrument.LIBRARY.load("default-voice"), SETTINGS);

  private static Player startedAgo(long ns) {
    long startNs = System.nanoTime() - ns;
    Player player = new Player(SETTINGS, FrameFormat.F32, BLOCK, startNs, new FakeOutput(), new LiveMetrics(new Metrics()));
    player.start(startNs);
    return player;
  }

  @Test
  void aJumpOverLostTimeIsOneLateBlockAsLateAsItWas() {
    Player player = startedAgo(SECOND_NS);
    long moved = player.skipLostTime(System.nanoTime());
    assertThat(moved).isGreaterThan(47_000);
    player.play(chain);
    assertThat(player.lateBlocks()).isEqualTo(1);
    assertThat(player.maxLatenessMs()).isGreaterThanOrEqualTo(1000);
    assertThat(player.samplePosition()).isEqualTo(BLOCK);
  }

  @Test
  void lostTimeThatCanBeMadeUpForMovesNothingAndCountsBlockByBlock() {
    Player player = startedAgo(100_000_000L);
    // half of what is made up for, so that a slow machine does not turn it into a jump
    assertThat(player.skipLostTime(System.nanoTime() - 50_000_000L)).isZero();
    player.play(chain);
    player.play(chain);
    assertThat(player.lateBlocks()).isEqualTo(2);
    assertThat(player.maxLatenessMs()).isGreaterThanOrEqualTo(100);
  }
}
