package dev.cantora.daemon.live;

import dev.cantora.daemon.telemetry.Metrics;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;

/** What operators learn about all live sessions together. Counted on audio threads: nothing here waits or allocates. */
final class LiveMetrics {

  private static final double[] LATENESS_BOUNDS_SEC = {.0005, .001, .0025, .005, .01, .025, .05, .1, .2};

  private final LongAdder blocks = new LongAdder();
  private final LongAdder lateBlocks = new LongAdder();
  private final LongAdder droppedFrames = new LongAdder();
  private final LongAdder underruns = new LongAdder();
  private final DoubleConsumer latenessSec;

  /** @param metrics where they are published */
  LiveMetrics(Metrics metrics) {
    metrics.counter("live_blocks_total", "Blocks of live audio rendered.", blocks::sum);
    metrics.counter("live_late_blocks_total", "Blocks ready more than a block late; a jump over lost time is one.", lateBlocks::sum);
    metrics.counter("live_frames_dropped_total", "Frames that slow readers did not get.", droppedFrames::sum);
    metrics.counter("live_underruns_total", "Times that clients ran out of audio, as they report.", underruns::sum);
    latenessSec = metrics.histogram("live_block_lateness_seconds", "From the time a block was due until it was ready.",
        LATENESS_BOUNDS_SEC);
  }

  void block(long latenessNs) {
    blocks.increment();
    latenessSec.accept(Math.max(0, latenessNs) / 1e9);
  }

  void late() {
    lateBlocks.increment();
  }

  void dropped() {
    droppedFrames.increment();
  }

  void underruns(int count) {
    underruns.add(count);
  }
}
