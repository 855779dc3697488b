package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.audio.AudioScratch;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.socket.FrameQueues;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.engine.LiveConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What counts as late, with time that this test sets: due times lie in the past by as much as is wanted. */
class PlayerLatenessTest {

  private static final int BLOCK = 512;
  private static final LiveConfig SETTINGS = new LiveConfig(48000, 1, 1, 1, null);
  private static final long SECOND_NS = 1_000_000_000L;

  private final VoiceChain chain = new VoiceChain(ToneInstrument.LIBRARY.load("default-voice"), SETTINGS);

  private static Player startedAgo(long ns) {
    long startNs = System.nanoTime() - ns;
    Player player = new Player(SETTINGS, FrameFormat.F32, BLOCK, startNs, new AudioScratch(), new FakeOutput(), new LiveMetrics(new Metrics()));
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

  @Test
  void lateBlocksFollowAtOnceAndLostTimeIsOneStepButTheSequenceHasNoGap() {
    FakeOutput output = new FakeOutput();
    Player player = new Player(SETTINGS, FrameFormat.F32, BLOCK, 0, new AudioScratch(), output, new LiveMetrics(new Metrics()));
    player.takeOver();
    player.start(0);
    List<Long> sequence = new ArrayList<>();
    assertThat(playDue(player, 150_000_000L)).as("what is due within 150 ms").isEqualTo(15);
    assertThat(playDue(player, 150_000_000L)).as("and no more").isZero();
    assertThat(playDue(player, 10 * SECOND_NS)).as("after time that is lost").isEqualTo(1);
    assertThat(playDue(player, 10 * SECOND_NS + 50_000_000L)).as("as often as before").isEqualTo(4);
    FrameQueues.drain(output.queue, bytes -> sequence.add((long) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0)));
    assertThat(sequence).isEqualTo(LongStream.range(0, 20).boxed().toList());
  }

  /** @return blocks that were due at this moment */
  private int playDue(Player player, long nowNs) {
    int played = 0;
    while (nowNs - player.schedule().dueNs() >= 0) {
      player.skipLostTime(nowNs);
      player.play(chain);
      played++;
    }
    return played;
  }
}
