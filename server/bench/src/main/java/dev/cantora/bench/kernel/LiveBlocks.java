package dev.cantora.bench.kernel;

import com.sun.management.ThreadMXBean;
import dev.cantora.bench.Machine;
import dev.cantora.engine.Engine;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.voice.Voice;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Steady live audio: four held notes of the default voice, block after block, with a controller that moves. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LiveBlocks {

  static final int BLOCK = 256;
  static final int VOICES = 4;
  private static final long MOST_WARM_UP_MS = 20_000;
  private static final int COUNTED_BLOCKS = 4_000;
  private static final int COUNTED_ROUNDS = 8;

  private final float[] block = new float[BLOCK];
  private LiveVoice live;
  private int blocks;

  /**
   * Bytes a block leaves to the garbage collector, counted by the JVM for this thread, in the round that left least: before
   * the JIT is done, vectors are objects. JMH's own profiler would count the samples that JMH notes beside every call.
   */
  static double bytesPerBlock() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    LiveBlocks blocks = new LiveBlocks();
    blocks.play(Machine.root().resolve("presets/default-voice"));
    long least = Long.MAX_VALUE;
    for (int round = 0; round < COUNTED_ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < COUNTED_BLOCKS; i++) {
        blocks.block();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return (double) least / COUNTED_BLOCKS;
  }

  @Setup
  public void play() {
    play(Path.of(System.getProperty("cantora.bench.voice")));
  }

  private void play(Path preset) {
    Engine engine = Engine.create(1);
    Voice voice = engine.loadVoice(preset, warning -> {});
    engine.warmUp(voice, MOST_WARM_UP_MS); // as a daemon does; code that is not compiled yet makes objects
    live = engine.live(voice, LiveConfig.DEFAULT);
    for (int i = 0; i < VOICES; i++) {
      live.noteOn(new LiveNote("n" + i, 48 + 5 * i, 0.8, null, 0.3, null, 0, List.of("L", "AA")), 0);
    }
  }

  @Benchmark
  public float[] block() {
    live.control(LiveVoice.Controller.BEND, (blocks++ & 63) * 0.5);
    live.render(block, BLOCK);
    return block;
  }
}
