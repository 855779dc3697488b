package dev.cantora.daemon.live;

import dev.cantora.daemon.audio.AudioScratch;
import dev.cantora.daemon.audio.BlockSchedule;
import dev.cantora.daemon.audio.FrameEncoder;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.socket.AudioFrame;
import dev.cantora.daemon.socket.FrameQueue;
import dev.cantora.engine.LiveConfig;

/**
 * Renders a chain block by block when due and queues the frames. Counts what was late or skipped. For one thread.
 */
final class Player {

  private static final double NS_PER_SEC = 1e9;

  private final BlockSchedule schedule;
  private final FrameEncoder encoder;
  private final FrameQueue queue;
  private final LiveOutput output;
  private final LiveMetrics metrics;
  private final AudioScratch scratch;
  private final int blockSamples;
  private final double blockNs;
  private boolean playing;
  private boolean unannounced;
  private long sequence;
  private long skipped;
  private long lateBlocks;
  private boolean moved;
  private long dueBeforeMoveNs;
  private long windowMaxLatenessNs;
  private long windowRenderNs;
  private long windowBlocks;

  /**
   * @param clockEpochNs origin of the grid of all schedules
   * @param scratch of the thread that will play
   */
  Player(LiveConfig settings, FrameFormat format, int blockSize, long clockEpochNs, AudioScratch scratch, LiveOutput output,
      LiveMetrics metrics) {
    this.metrics = metrics;
    this.schedule = new BlockSchedule(clockEpochNs, settings.sampleRateHz(), blockSize);
    this.encoder = FrameEncoder.of(format, settings.channels(), settings.sampleRateHz(), blockSize);
    this.queue = encoder.newQueue(scratch.frames());
    this.output = output;
    this.scratch = scratch;
    this.blockSamples = blockSize * settings.channels();
    this.blockNs = blockSize * NS_PER_SEC / settings.sampleRateHz();
  }

  /** The connection takes its audio from this player from now on. */
  void takeOver() {
    output.frames(queue);
  }

  /** Starts a stream at sequence number 0, due as soon as the clock's grid allows. */
  void start(long nowNs) {
    schedule.start(nowNs);
    playing = true;
    sequence = 0;
    skipped = 0;
    lateBlocks = 0;
  }

  void stop() {
    playing = false;
  }

  boolean playing() {
    return playing;
  }

  BlockSchedule schedule() {
    return schedule;
  }

  /**
   * Gives up time that cannot be made up for. The next block is still counted from when it was due before.
   *
   * @return samples by which the stream was moved, mostly 0
   */
  long skipLostTime(long nowNs) {
    long dueNs = schedule.dueNs();
    long samples = schedule.moveIfHopeless(nowNs);
    if (samples > 0) {
      moved = true;
      dueBeforeMoveNs = dueNs;
    }
    return samples;
  }

  /**
   * Renders and queues the block that is due.
   *
   * @return its samples, valid until another player plays
   */
  float[] play(VoiceChain chain) {
    long dueNs = moved ? dueBeforeMoveNs : schedule.dueNs();
    moved = false;
    long beganNs = System.nanoTime();
    float[] block = scratch.block(blockSamples);
    chain.render(block, schedule.blockSize());
    AudioFrame frame = queue.claim();
    if (frame == null) {
      skipped++;
      metrics.dropped();
    } else {
      encoder.encode(block, sequence, frame);
      queue.publish(frame);
      unannounced = true;
    }
    sequence++;
    schedule.advance();
    count(beganNs, dueNs);
    return block;
  }

  /** Wakes the sender if there is something new for it. */
  void announce() {
    if (unannounced) {
      unannounced = false;
      output.frameReady();
    }
  }

  /** Samples rendered since the stream began. */
  long samplePosition() {
    return schedule.nextSample();
  }

  long framesSent() {
    return sequence - skipped;
  }

  long framesSkipped() {
    return skipped;
  }

  /** Blocks that were ready later than a whole block after they were due. A jump over lost time is one of them. */
  long lateBlocks() {
    return lateBlocks;
  }

  /** Worst time from due to ready since the window began, in ms. */
  double maxLatenessMs() {
    return windowMaxLatenessNs / 1e6;
  }

  /** Time spent rendering over time rendered since the window began; 0 when nothing was. */
  double realTimeFactor() {
    return windowBlocks == 0 ? 0 : windowRenderNs / (windowBlocks * blockNs);
  }

  void newWindow() {
    windowMaxLatenessNs = 0;
    windowRenderNs = 0;
    windowBlocks = 0;
  }

  double blockMs() {
    return blockNs / 1e6;
  }

  private void count(long beganNs, long dueNs) {
    long readyNs = System.nanoTime();
    long latenessNs = readyNs - dueNs;
    metrics.block(latenessNs);
    if (latenessNs > blockNs) {
      lateBlocks++;
      metrics.late();
    }
    windowMaxLatenessNs = Math.max(windowMaxLatenessNs, latenessNs);
    windowRenderNs += readyNs - beganNs;
    windowBlocks++;
  }
}
