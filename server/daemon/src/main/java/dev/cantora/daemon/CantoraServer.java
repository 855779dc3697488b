package dev.cantora.daemon;

import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.audio.RealTimeUrgency;
import dev.cantora.daemon.audio.Urgency;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.FolderBank;
import dev.cantora.daemon.capabilities.CapabilitiesRoutes;
import dev.cantora.daemon.cluster.ClusterNode;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.dictionary.DictionaryRoutes;
import dev.cantora.daemon.http.Capability;
import dev.cantora.daemon.http.HttpListener;
import dev.cantora.daemon.http.KeptAnswers;
import dev.cantora.daemon.http.OperationHandlers;
import dev.cantora.daemon.http.RequestIds;
import dev.cantora.daemon.interchange.ScoresRoutes;
import dev.cantora.daemon.jam.JamDirectory;
import dev.cantora.daemon.jam.JamEndpoint;
import dev.cantora.daemon.jam.JamSetup;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.lifecycle.Lifecycle;
import dev.cantora.daemon.lyrics.LyricsRoutes;
import dev.cantora.daemon.live.LiveEndpoint;
import dev.cantora.daemon.live.LiveSetup;
import dev.cantora.daemon.mcp.McpRoutes;
import dev.cantora.daemon.mcp.SingingTools;
import dev.cantora.daemon.operations.OperationsRoutes;
import dev.cantora.daemon.operations.Probes;
import dev.cantora.daemon.presets.PresetCatalogue;
import dev.cantora.daemon.presets.PresetsRoutes;
import dev.cantora.daemon.render.InlineRenders;
import dev.cantora.daemon.render.RenderDesk;
import dev.cantora.daemon.render.RenderQueue;
import dev.cantora.daemon.render.RenderRoutes;
import dev.cantora.daemon.render.RendersRoutes;
import dev.cantora.daemon.render.Results;
import dev.cantora.daemon.render.ScoreExports;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.security.FailureBrake;
import dev.cantora.daemon.shelf.Shelf;
import dev.cantora.daemon.socket.Heartbeat;
import dev.cantora.daemon.socket.KeyedEndpoint;
import dev.cantora.daemon.socket.RelayedEndpoint;
import dev.cantora.daemon.socket.SocketEndpoint;
import dev.cantora.daemon.socket.SocketUpgrader;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.daemon.telemetry.Tracing;
import dev.cantora.engine.Engine;
import dev.cantora.engine.lyrics.Phonemizer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running daemon. Every part is built here, in the order of their dependencies. */
public final class CantoraServer {
  private static final Logger LOG = LoggerFactory.getLogger(CantoraServer.class);

  private final HttpListener listener;
  private final Lifecycle lifecycle;

  private CantoraServer(HttpListener listener, Lifecycle lifecycle) {
    this.listener = listener;
    this.lifecycle = lifecycle;
  }

  /**
   * Builds, wires and starts the daemon; returns when it listens.
   *
   * @throws dev.cantora.daemon.config.ConfigException when keys are configured that cannot be used
   */
  public static CantoraServer start(DaemonConfig config) {
    return start(config, ahead(Phonemizer::new));
  }

  /** @param words what {@link #ahead} has begun already */
  static CantoraServer start(DaemonConfig config, Future<Phonemizer> words) {
    Lifecycle lifecycle = new Lifecycle();
    Metrics metrics = new Metrics(Duration.ofMillis(config.telemetry().metricsSampleIntervalMs()));
    Tracing tracing = Tracing.to(config.telemetry().otlpEndpoint(), config.identity().version());
    lifecycle.onShutdown(Lifecycle.Stage.BACKGROUND, "traces", left -> {
      tracing.close();
      return true;
    });
    Authenticator authenticator = new Authenticator(config.auth());
    ClusterNode node = config.cluster().enabled() ? ClusterNode.join(config, metrics) : null;
    Future<Bank> store = ahead(() -> node != null ? node.bank() : new FolderBank(new FolderBank.Settings(config.store().renderStoreDir(),
        config.store().perRenderBudgetBytes(), config.store().storeBudgetBytes()), InstantSource.system()));
    Probes probes = new Probes(lifecycle);
    Engine engine = Engine.create();
    PresetCatalogue presets = node != null
        ? new PresetCatalogue(config.store().presetDir(), node.voices()) : new PresetCatalogue(config.store().presetDir());
    Bank bank = done(store);
    Dictionaries dictionaries = node != null ? new Dictionaries(node.dictionaries()) : new Dictionaries(config.store().renderStoreDir());
    Phonemizer phonemizer = done(words);
    RenderDesk desk = new RenderDesk(config, presets, phonemizer, dictionaries, engine.renderer(), bank,
        node != null ? node.results() : Results.NONE,
        rendering -> node != null ? node.queue(config, rendering, metrics) : new RenderQueue(config.render().queueMaxDepth(), Runtime.getRuntime().availableProcessors(), metrics));
    lifecycle.readiness(bank::failing);
    lifecycle.onShutdown(Lifecycle.Stage.RENDERS, "renders", desk::drain);
    lifecycle.onShutdown(Lifecycle.Stage.STORE, "bank", left -> {
      bank.close();
      engine.close();
      if (node != null) {
        node.close();
      }
      return true;
    });
    Urgency urgency = config.sockets().realTimeAudio() ? RealTimeUrgency.ofSystem() : Urgency.NONE;
    AudioClock clock = new AudioClock(Runtime.getRuntime().availableProcessors(), urgency);
    Schemas socketSchemas = Schemas.load("asyncapi.json", Map.of());
    LiveEndpoint live = new LiveSetup(config, clock, authenticator, socketSchemas, engine, presets::voice, phonemizer,
        dictionaries, bank, metrics).endpoint();
    JamSetup.Parts jams = new JamSetup(config, clock, authenticator, socketSchemas, engine, presets::voice, phonemizer,
        dictionaries, bank, desk, metrics, node != null ? node.jams() : JamDirectory.ALONE).parts();
    JamEndpoint jam = jams.endpoint();
    lifecycle.onShutdown(Lifecycle.Stage.SOCKETS, "live sessions", live::shutDown);
    lifecycle.onShutdown(Lifecycle.Stage.SOCKETS, "jam sessions", left -> {
      jam.shutDown();
      return true;
    });
    lifecycle.onShutdown(Lifecycle.Stage.BACKGROUND, "audio", left -> {
      clock.close();
      return true;
    });
    RunningState running = new RunningState(presets, bank, desk, live, jam, node);
    OperationsRoutes operations = new OperationsRoutes(config, authenticator, running, metrics);

    Schemas schemas = Schemas.load("openapi.json", limits(config.render()));
    ScoreExports exports = new ScoreExports(phonemizer, dictionaries);
    SingingTools tools = new SingingTools(new InlineRenders(desk, bank), phonemizer, dictionaries, presets, schemas);

    // one line per capability: built above, registered here
    List<Capability> capabilities = List.of(probes, operations, new PresetsRoutes(presets), new LyricsRoutes(phonemizer, dictionaries),
        new DictionaryRoutes(dictionaries, phonemizer),
        new RenderRoutes(desk), new RendersRoutes(bank, desk, schemas, exports), new ScoresRoutes(exports), jams.routes(),
        new McpRoutes(config.identity().version(), config.network().allowedOrigins(), tools.all()),
        new CapabilitiesRoutes(config, phonemizer, running::presets));

    OperationHandlers handlers = new OperationHandlers();
    capabilities.forEach(capability -> capability.register(handlers));
    // sockets join here, by exact path
    FailureBrake brake = new FailureBrake(System::nanoTime);
    Map<String, SocketEndpoint> endpoints = new HashMap<>(Map.of("/ws", live, JamEndpoint.PATH, jam));
    endpoints.replaceAll((path, endpoint) ->
        new KeyedEndpoint(endpoint, authenticator, brake, config.network().trustedProxies(), metrics));
    if (node != null) {
      endpoints.computeIfPresent(JamEndpoint.PATH, (path, keyed) -> new RelayedEndpoint(keyed, jam));
    }
    Heartbeat heartbeat = new Heartbeat(Duration.ofMillis(config.sockets().pingIntervalMs()),
        config.sockets().maxMissedPings());
    lifecycle.onShutdown(Lifecycle.Stage.SOCKETS, "close handshakes", heartbeat::awaitNone);
    lifecycle.onShutdown(Lifecycle.Stage.BACKGROUND, "heartbeat", left -> {
      heartbeat.close();
      return true;
    });
    SocketUpgrader upgrader = new SocketUpgrader(endpoints, heartbeat, RequestIds::of);

    HttpListener listener = HttpListener.start(config, handlers, authenticator, schemas, lifecycle, metrics, tracing, brake,
        upgrader, node != null ? node.answers()
            : new KeptAnswers(InstantSource.system(), new Shelf(config.store().renderStoreDir().resolve(".idempotency"))));
    if (authenticator.open() && config.identity().production()) {
      LOG.atWarn().addKeyValue("hint", "Set AUTH_TOKEN, AUTH_KEYS or AUTH_KEYS_FILE; everybody is administrator now.")
          .log("boot_auth_open_mode_in_production");
    }
    if (node != null) {
      node.listensAt(config.cluster().nodeUrlOrMade(config.network().host(), listener.port()));
      lifecycle.onShutdown(Lifecycle.Stage.SOCKETS, "cluster", left -> {
        node.drains();
        return true;
      });
    }
    ahead(() -> {
      schemas.prepare();
      socketSchemas.prepare();
      urgency.prepare();
      return null;
    });
    BootReport.write(config, presets, bank);
    lifecycle.readiness(FirstWarmUp.start(engine, presets, () -> {
      upgrader.prepare();
      live.rehearse();
    })::notReady);
    lifecycle.started();
    LOG.atInfo().addKeyValue("host", config.network().host()).addKeyValue("port", listener.port())
        .addKeyValue("version", config.identity().version()).addKeyValue("auth", authenticator.mode())
        .log("server_listening");
    return new CantoraServer(listener, lifecycle);
  }

  /** Builds beside the rest what takes long and depends on nothing: a third of the time to readiness. */
  static <T> Future<T> ahead(Callable<T> part) {
    FutureTask<T> task = new FutureTask<>(part);
    Thread.ofPlatform().daemon().name("boot-ahead").start(task);
    return task;
  }

  private static <T> T done(Future<T> part) {
    try {
      return part.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", stopped);
    }
  }

  /** The port that was bound. */
  public int port() {
    return listener.port();
  }

  public Lifecycle lifecycle() {
    return lifecycle;
  }

  /**
   * Drains and stops.
   *
   * @return whether everything finished before the deadline
   */
  public boolean stop(Duration deadline) {
    boolean clean = lifecycle.drain(deadline);
    listener.stop();
    return clean;
  }

  private static Map<String, Integer> limits(DaemonConfig.Render render) {
    Map<String, Integer> limits = new HashMap<>();
    limits.put("MAX_NOTES_PER_SCORE", render.maxNotesPerScore());
    limits.put("MAX_NOTES_PER_SCORE * 4", render.maxNotesPerScore() * 4);
    limits.put("MAX_PHONEMIZE_NOTES", render.maxPhonemizeNotes());
    if (render.maxLyricsChars() != null) {
      limits.put("MAX_LYRICS_LENGTH", render.maxLyricsChars());
    }
    return limits;
  }
}
