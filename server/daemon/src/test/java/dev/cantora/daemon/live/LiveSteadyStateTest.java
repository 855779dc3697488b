package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.testing.TestVoices;
import dev.cantora.engine.Engine;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.voice.VoiceLoader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session that plays makes no garbage on the audio thread. */
@Timeout(120)
class LiveSteadyStateTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int BLOCKS = 2000;
  /** Less than two small objects a block; nothing of it is left where the JIT has inlined all, as it does in a daemon. */
  private static final long LEAST_BYTES = 24L * BLOCKS;
  /** What the JDK allocates to schedule a virtual thread that was woken, with room for another JDK. */
  private static final long WAKE_UP_BYTES = 160;

  @TempDir
  Path presets;

  /** Everything but the wake-up of the sender: singers, limiter, meters, frames, telemetry, metrics. */
  @Test
  void blocksAndTelemetryMakeNoGarbage() {
    TestVoices.write(presets, "default-voice");
    FakeOutput output = new FakeOutput();
    output.keepTelemetry = false;
    output.discardFrames = true;
    try (Engine engine = Engine.create(1)) {
      VoiceLoader loader = new VoiceLoader(presets, warning -> { });
      SessionDriver driver = new SessionDriver(output, new MemoryStore());
      driver.open(new EngineInstrument(engine, loader.load("default-voice")), new LiveConfig(48000, 2, 4, 1, null),
          FrameFormat.F32, 256);
      for (int i = 0; i < 4; i++) {
        driver.post(new SessionEvent.Note(dev.cantora.api.live.NoteOn.builder().noteId("n" + i).midi(50 + 5 * i).velocity(0.8)
            .build(), List.of(), System.nanoTime()));
      }
      long self = Thread.currentThread().threadId();
      long allocated = Long.MAX_VALUE;
      // until the JIT is done: before that vectors are objects
      for (int round = 0; round < 40 && allocated > LEAST_BYTES; round++) {
        long before = THREADS.getThreadAllocatedBytes(self);
        driver.runBlocks(BLOCKS);
        allocated = THREADS.getThreadAllocatedBytes(self) - before;
      }
      assertThat(allocated).isLessThanOrEqualTo(LEAST_BYTES);
    }
  }

  @Test
  void withARealSocketOnlyTheWakeUpOfTheSenderIsLeft() {
    Set<Thread> others = audioThreads();
    try (LiveServer server = LiveServer.start(); LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      long audioThread = audioThreads().stream().filter(thread -> !others.contains(thread)).findAny().orElseThrow().threadId();
      peer.play(200);
      long before = THREADS.getThreadAllocatedBytes(audioThread);
      peer.play(300);
      assertThat(THREADS.getThreadAllocatedBytes(audioThread) - before).isLessThan(300 * WAKE_UP_BYTES);
    }
  }

  private static Set<Thread> audioThreads() {
    return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("audio-"))
        .collect(Collectors.toSet());
  }
}
