package dev.cantora.engine;

import dev.cantora.engine.live.LiveChoir;
import dev.cantora.engine.live.LiveDesks;
import dev.cantora.engine.rendering.PooledRenderer;
import dev.cantora.engine.rendering.RenderPool;
import dev.cantora.engine.synthesis.SynthesisTables;
import dev.cantora.engine.synthesis.vectorization.Kernels;
import dev.cantora.engine.synthesis.vectorization.WarmingKernels;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.VoiceLoader;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The factory of everything that sings. One per process is enough; thread-safe. */
public final class Engine implements AutoCloseable {

  private final SynthesisTables tables;
  private final LiveDesks desks;
  private final RenderPool pool;
  private final Renderer renderer;

  private Engine(SynthesisTables tables, int threads) {
    this.tables = tables;
    this.desks = new LiveDesks(tables);
    this.pool = new RenderPool(threads);
    this.renderer = new PooledRenderer(tables, pool);
  }

  /** An engine that renders on all cores with the fastest kernel this JVM can run. */
  public static Engine create() {
    return create(Runtime.getRuntime().availableProcessors());
  }

  /** As {@link #create()}. @param renderThreads threads that all renders share, at least 1 */
  public static Engine create(int renderThreads) {
    WarmingKernels kernels = new WarmingKernels();
    return new Engine(new SynthesisTables(kernels, kernels.gains()), renderThreads);
  }

  /**
   * An engine that never sings with the scalar kernel while the JIT compiles the fastest one: slow at first, for those who
   * compare or measure kernels.
   */
  public static Engine createUnwarmed(int renderThreads) {
    return new Engine(new SynthesisTables(Kernels::best, Kernels.bestGains()), renderThreads);
  }

  /** Renders whole scores; any number of callers at once. */
  public Renderer renderer() {
    return renderer;
  }

  /**
   * Singers for notes as they are played, at sample 0.
   *
   * @throws EngineException INVALID_BODY for an unknown default timbre
   */
  public LiveVoice live(Voice voice, LiveConfig config) {
    return new LiveChoir(voice, desks, config);
  }

  /**
   * Loads one preset folder; {@link VoiceLoader} does the same for many.
   *
   * @param warnings receives a line when the preset's integrity cannot be checked
   * @throws EngineException as {@link VoiceLoader#load}
   */
  public Voice loadVoice(Path presetFolder, Consumer<String> warnings) {
    Path folder = presetFolder.toAbsolutePath().normalize();
    return new VoiceLoader(folder.getParent(), warnings).load(folder.getFileName().toString());
  }

  /**
   * Sings in silence until the JIT has compiled what sings, at most for a while: the first renders and the first live block
   * after it come at full speed. May run beside other work; ends early when interrupted.
   *
   * @param voice any voice
   * @param mostMs upper bound of the time spent, in milliseconds
   */
  public void warmUp(Voice voice, long mostMs) {
    new WarmUp(renderer, desks, voice).run(mostMs);
  }

  /** The kernel in use, for logs: {@code vector-512}, {@code scalar} and the like. */
  public String kernel() {
    return tables.description();
  }

  /** Renders in progress end within one chunk with {@link EngineException.Fault#RENDER_CANCELLED}, new ones as well. */
  @Override
  public void close() {
    pool.close();
  }
}
