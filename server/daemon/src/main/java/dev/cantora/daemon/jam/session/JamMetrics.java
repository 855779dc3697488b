package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.telemetry.Metrics;
import java.util.concurrent.atomic.LongAdder;

/** What operators learn about all jam sessions together. Counted on audio threads: nothing here waits or allocates. */
public final class JamMetrics {

  private final LongAdder blocks = new LongAdder();
  private final LongAdder lateBlocks = new LongAdder();
  private final LongAdder droppedFrames = new LongAdder();

  /** @param metrics where they are published */
  public JamMetrics(Metrics metrics) {
    metrics.counter("jam_blocks_total", "Blocks of jam audio rendered.", blocks::sum);
    metrics.counter("jam_late_blocks_total", "Blocks ready more than a block late; a jump over lost time is one.", lateBlocks::sum);
    metrics.counter("jam_frames_dropped_total", "Frames that slow participants did not get.", droppedFrames::sum);
  }

  void block(boolean late) {
    blocks.increment();
    if (late) {
      lateBlocks.increment();
    }
  }

  void dropped() {
    droppedFrames.increment();
  }
}
