package dev.cantora.daemon.cluster;

import dev.cantora.daemon.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is alive: every node writes a line about itself every few seconds, in a bucket that forgets. One of them, whoever got
 * hold of the key first, looks after what needs one node only. A node that does not hear even itself, because NATS is away,
 * takes nobody for dead; nor does it until the others have had the time to be heard again. Thread-safe.
 */
final class Nodes implements AutoCloseable {
  static final String BUCKET = "cantora-nodes";
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
  private static final Duration FORGOTTEN = Duration.ofSeconds(10);
  private static final long BEAT_MS = 2500;
  private static final Duration DEAF_AFTER = Duration.ofMillis(2 * BEAT_MS);
  private static final String NODE = "node.";
  private static final String KEEPER = "keeper";

  /** @param url where it is reached */
  record Node(String nodeId, String version, String url, boolean draining) {}

  private record Heard(Node node, long atNs) {}

  private final Bucket bucket;
  private final String nodeId;
  private final String version;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("cluster-beat").factory());
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private final AutoCloseable watch;
  private volatile long heardMyselfNs = System.nanoTime();
  private volatile long judgeFromNs = System.nanoTime();
  private volatile String url = "";
  private volatile boolean draining;
  private volatile boolean keeper;
  private long keeperRevision;

  Nodes(ClusterLink link, String nodeId, String version) {
    this.nodeId = nodeId;
    this.version = version;
    this.bucket = Bucket.open(link, BUCKET, FORGOTTEN);
    this.watch = bucket.watch(this::hear);
    beat();
    timer.scheduleWithFixedDelay(this::beat, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
  }

  private void hear(Bucket.Entry entry) {
    if (!entry.key().startsWith(NODE)) {
      return;
    }
    String id = entry.key().substring(NODE.length());
    if (entry.value() == null) {
      heard.remove(id);
      return;
    }
    long now = System.nanoTime();
    if (id.equals(nodeId)) {
      if (deaf(now)) {
        judgeFromNs = now + FORGOTTEN.toNanos();
      }
      heardMyselfNs = now;
    }
    heard.put(id, new Heard(Json.bind(Json.parse(entry.value()), Node.class), now));
  }

  private boolean deaf(long now) {
    return now - heardMyselfNs > DEAF_AFTER.toNanos();
  }

  /** Whether a node that was not heard lately is dead. */
  private boolean judges(long now) {
    return !deaf(now) && now - judgeFromNs >= 0;
  }

  private static boolean lately(Heard one, long now) {
    return now - one.atNs < FORGOTTEN.toNanos();
  }

  private void forgetTheDead() {
    long now = System.nanoTime();
    if (judges(now)) {
      heard.values().removeIf(one -> !lately(one, now));
    }
  }

  private void beat() {
    forgetTheDead();
    try {
      bucket.put(NODE + nodeId, Json.bytes(new Node(nodeId, version, url, draining)));
      byte[] mine = (nodeId + " " + System.nanoTime()).getBytes(StandardCharsets.UTF_8);
      keeperRevision = keeperRevision == 0 ? bucket.create(KEEPER, mine) : bucket.update(KEEPER, mine, keeperRevision);
      keeper = keeperRevision != 0 && !draining;
    } catch (RuntimeException away) {
      keeper = false;
      keeperRevision = 0;
      LOG.debug("cluster_beat_failed", away);
    }
  }

  /** Known as soon as the node listens. */
  void listensAt(String here) {
    url = here;
    timer.execute(this::beat);
  }

  /** The others see it with the next beat. */
  void drains() {
    draining = true;
    timer.execute(this::beat);
  }

  /** Whether this node does what only one should do. */
  boolean keeper() {
    return keeper;
  }

  String nodeId() {
    return nodeId;
  }

  /** Heard lately, or lately before NATS went away, by id. */
  List<Node> alive() {
    long now = System.nanoTime();
    boolean judges = judges(now);
    return heard.values().stream().filter(one -> !judges || lately(one, now)).map(Heard::node)
        .sorted(Comparator.comparing(Node::nodeId)).toList();
  }

  Optional<Node> find(String id) {
    return alive().stream().filter(node -> node.nodeId().equals(id)).findFirst();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      bucket.delete(NODE + nodeId);
    } catch (RuntimeException forgottenSoon) {
      LOG.debug("cluster_node_not_removed", forgottenSoon);
    }
    Closing.quietly(watch);
  }
}
