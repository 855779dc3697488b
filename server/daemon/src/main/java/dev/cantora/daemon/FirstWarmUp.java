package dev.cantora.daemon;

import dev.cantora.daemon.presets.PresetCatalogue;
import dev.cantora.engine.Engine;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine sings to itself on a thread of its own once the daemon listens, so that the JIT compiles what first requests need.
 * Not before: on two processors the rest of the start then waits for it (readiness came a fifth later).
 */
final class FirstWarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(FirstWarmUp.class);
  private static final String VOICE = "default-voice";
  private static final long MAX_MS = 3000;
  /** Readiness waits this long for it: after that even the scalar kernel makes a block in less time than it plays. */
  private static final long READY_AFTER_NS = 200_000_000;

  private final long startNs = System.nanoTime();
  private volatile boolean done;

  private FirstWarmUp() {}

  /** @param afterwards what needs no hurry, done on the same thread */
  static FirstWarmUp start(Engine engine, PresetCatalogue presets, Runnable afterwards) {
    FirstWarmUp warmUp = new FirstWarmUp();
    Thread.ofPlatform().daemon().name("engine-warm-up").start(() -> {
      sing(engine, presets);
      warmUp.done = true;
      afterwards.run();
    });
    return warmUp;
  }

  private static void sing(Engine engine, PresetCatalogue presets) {
    try {
      engine.warmUp(presets.voice(VOICE), MAX_MS);
    } catch (RuntimeException noVoiceOrStopped) {
      LOG.debug("engine_not_warmed_up", noVoiceOrStopped);
    }
  }

  /** For readiness. It goes on beside the first requests when it takes longer than that waits. */
  Optional<String> notReady() {
    return done || System.nanoTime() - startNs > READY_AFTER_NS ? Optional.empty() : Optional.of("init_incomplete");
  }
}
