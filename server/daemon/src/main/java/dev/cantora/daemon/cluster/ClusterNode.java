package dev.cantora.daemon.cluster;

import dev.cantora.api.model.ClusterState;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.http.AnswerStore;
import dev.cantora.daemon.dictionary.DictionaryStore;
import dev.cantora.daemon.jam.JamDirectory;
import dev.cantora.daemon.presets.PresetSource;
import dev.cantora.daemon.render.JobQueue;
import dev.cantora.daemon.render.Rendering;
import dev.cantora.daemon.render.Results;
import dev.cantora.daemon.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This daemon as a node: the parts that take the places of the embedded ones. */
public final class ClusterNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final long SWEEP_SEC = 60;

  private final ClusterLink link;
  private final Nodes nodes;
  private final JetStreamBank bank;
  private final ClusterVoices voices;
  private final ClusterJams jams;
  private final ClusterDictionaries dictionaries;
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("cluster-upkeep").factory());

  private ClusterNode(ClusterLink link, Nodes nodes, JetStreamBank bank, ClusterVoices voices, ClusterJams jams,
      ClusterDictionaries dictionaries) {
    this.link = link;
    this.nodes = nodes;
    this.bank = bank;
    this.voices = voices;
    this.jams = jams;
    this.dictionaries = dictionaries;
  }

  /**
   * Joins the cluster that the configuration names.
   *
   * @throws dev.cantora.daemon.config.ConfigException when NATS does not answer, refuses the login or lacks JetStream
   */
  public static ClusterNode join(DaemonConfig config, Metrics metrics) {
    String nodeId = config.cluster().nodeIdOrMade();
    ClusterLink link = ClusterLink.open(config.cluster(), nodeId);
    try {
      Nodes nodes = new Nodes(link, nodeId, config.identity().version());
      JetStreamBank bank = new JetStreamBank(link, new JetStreamBank.Settings(
          config.store().renderStoreDir().resolve(".cluster"), config.cluster().cacheBytes(),
          new Account.Limits(config.store().perRenderBudgetBytes(), config.store().storeBudgetBytes()), nodeId),
          InstantSource.system());
      ClusterNode node = new ClusterNode(link, nodes, bank,
          new ClusterVoices(link, config.store().renderStoreDir().resolve(".cluster/voices")),
          new ClusterJams(link, nodes), new ClusterDictionaries(link));
      node.begin(metrics);
      node.upkeep.execute(() -> node.voices.share(config.store().presetDir()));
      return node;
    } catch (RuntimeException notJoined) {
      link.close();
      throw notJoined;
    }
  }

  private void begin(Metrics metrics) {
    metrics.gauge("cluster_connected", "1 while NATS answers.", () -> link.connected() ? 1 : 0);
    metrics.gauge("cluster_nodes", "Nodes heard lately.", () -> nodes.alive().size());
    metrics.counter("cluster_reconnects_total", "Times the connection to NATS came back.", link::reconnects);
    Sweep sweep = new Sweep(bank, GRACE, InstantSource.system());
    upkeep.scheduleWithFixedDelay(() -> {
      try {
        if (nodes.keeper()) {
          sweep.run();
          jams.sweep();
        }
      } catch (RuntimeException later) {
        LOG.atWarn().setCause(later).log("cluster_sweep_failed");
      }
    }, SWEEP_SEC, SWEEP_SEC, TimeUnit.SECONDS);
    LOG.atInfo().addKeyValue("nodeId", nodes.nodeId()).addKeyValue("replicas", link.replicas())
        .addKeyValue("renders", bank.stored().size()).log("cluster_joined");
  }

  public Bank bank() {
    return bank;
  }

  /** The queue of renders, which takes the place of the node's own. */
  public JobQueue queue(DaemonConfig config, Rendering rendering, Metrics metrics) {
    return new ClusterQueue(link, nodes, bank, rendering, metrics, new ClusterQueue.Settings(config.render().queueMaxDepth(),
        Runtime.getRuntime().availableProcessors(), Duration.ofMillis(config.cluster().ackWaitMs())));
  }

  /** Voices of the other nodes. */
  public PresetSource voices() {
    return voices;
  }

  /** The jam sessions of all nodes. */
  public JamDirectory jams() {
    return jams;
  }

  /** Pronunciations of all nodes' principals. */
  public DictionaryStore dictionaries() {
    return dictionaries;
  }

  /** Renders that need not be made again. */
  public Results results() {
    return new ClusterResults(link, bank, EngineHash.ofThisNode());
  }

  /** Answers under idempotency keys, for requests that are sent again to another node. */
  public AnswerStore answers() {
    return new ClusterAnswers(link, nodes);
  }

  /** Told to the other nodes. @param url of this node */
  public void listensAt(String url) {
    nodes.listensAt(url);
  }

  /** Told to the other nodes. */
  public void drains() {
    nodes.drains();
  }

  /** What health/detailed says. */
  public ClusterState state() {
    return new ClusterState(nodes.nodeId(), link.connected(), nodes.alive().stream()
        .map(node -> new dev.cantora.api.model.ClusterNode(node.nodeId(), node.version(), node.draining())).toList());
  }

  /** The bank must be closed before. */
  @Override
  public void close() {
    upkeep.shutdownNow();
    voices.close();
    jams.close();
    dictionaries.close();
    nodes.close();
    link.close();
  }
}
