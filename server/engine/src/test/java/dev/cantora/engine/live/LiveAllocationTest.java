package dev.cantora.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice.Controller;
import dev.cantora.engine.rendering.RenderedScore;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.synthesis.SynthesisTables;
import dev.cantora.engine.synthesis.vectorization.Kernels;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.VoiceLoader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a block of live audio leaves to the garbage collector: nothing. On the scalar kernel, because uncompiled vector
 * code makes objects and no test should wait for the JIT; everything around the kernel is the same code.
 */
class LiveAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int BLOCK = 256;
  private static final int BLOCKS = 200;
  /** Methods that the JIT has not seen through yet may make small objects; it has had its time after some of these. */
  private static final int ROUNDS = 40;

  @Test
  void aSpeakingVoiceMakesNoObjects() {
    Path voices = Path.of("..", "..", "presets").toAbsolutePath().normalize();
    assertThat(leastBytes(new VoiceLoader(voices, warning -> {}).load("default-voice"))).isZero();
  }

  @Test
  void aVoiceOfTheReferenceMakesNoObjects() {
    assertThat(leastBytes(RenderedScore.voice())).isZero();
  }

  /** Bytes of the round that made least: four notes, one of them struck anew each round, and controllers that move. */
  private static long leastBytes(Voice voice) {
    var live = new LiveChoir(voice, new LiveDesks(new SynthesisTables(Kernels::scalar, Kernels.scalarGains())), LiveConfig.DEFAULT);
    for (int i = 0; i < 3; i++) {
      live.noteOn(new LiveNote("held-" + i, 48 + 5 * i, 0.8, null, 0.3, new Vibrato(5, 30, 0.1), 0, List.of("L", "AA")), 0);
    }
    float[] block = new float[BLOCK];
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least > 0; round++) {
      live.noteOn(new LiveNote("struck", 67, 0.9, null, null, null, 0.05, List.of("S", "IY", "T")), live.samplePosition());
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < BLOCKS; i++) {
        live.control(Controller.BEND, (i & 63) * 0.5);
        live.control(Controller.BREATHINESS, (i & 31) / 32.0);
        live.control(Controller.GROWL, i > BLOCKS / 2 ? 0.2 : 0);
        live.render(block, BLOCK);
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      live.noteOff("struck", 50, live.samplePosition());
    }
    return least;
  }
}
