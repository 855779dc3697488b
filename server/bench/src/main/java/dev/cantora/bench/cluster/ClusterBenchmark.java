package dev.cantora.bench.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.bench.TestScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Throughput of one, two and three nodes with an equal share of a core each, and five hundred renders through two kills. */
@Command(name = "cluster", mixinStandardHelpOptions = true,
    description = "renders by one, two and three nodes over three NATS servers, and through kill -9 of a node and a server")
public final class ClusterBenchmark implements Callable<Integer> {
  private static final int NODES = 3;
  private static final int SCORES = 8;
  private static final int WARM_UP_SEED = 1_000_000;
  /** Renders of each node before its share is bounded: compiled code is what is measured. */
  private static final int WARM_UP = 24;

  @Option(names = "--renders", defaultValue = "500", description = "renders through the kills (default ${DEFAULT-VALUE})")
  private int renders;

  @Option(names = "--share", defaultValue = "0.3", description = "cores of each node, where control groups can be made (default ${DEFAULT-VALUE})")
  private double share;

  @Option(names = "--seconds", defaultValue = "60", description = "length of each throughput figure (default ${DEFAULT-VALUE})")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    System.out.println(Machine.describe());
    double one = 0;
    for (int nodes = 1; nodes <= NODES; nodes++) {
      double perSecond = throughput(nodes);
      one = nodes == 1 ? perSecond : one;
      System.out.printf(Locale.ROOT, "%d node(s): %.2f renders of 10 s x 32 voices per second, %.2f x one node%n", nodes, perSecond,
          perSecond / one);
    }
    return throughKills() ? 0 : 1;
  }

  private static List<DaemonProcess> nodes(int count, NatsTrio nats) throws IOException, InterruptedException {
    List<DaemonProcess> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(DaemonProcess.start(Map.of("CANTORA_CLUSTER", nats.urls(), "CANTORA_NODE_ID", "node-" + i,
          "RENDER_QUEUE_MAX_DEPTH", "200", "CANTORA_CLUSTER_ACK_WAIT_MS", "5000",
          "JAVA_TOOL_OPTIONS", "-XX:ActiveProcessorCount=1")));
    }
    return nodes;
  }

  private static void close(List<DaemonProcess> nodes) throws IOException {
    for (DaemonProcess node : nodes) {
      node.close();
    }
  }

  /** Scores differ by their seed, so that no node finds a result in the bank. */
  private static byte[] order(int number, int seed, double seconds, int voices) {
    String json = new String(TestScore.order(seconds, voices, false, "\"rngSeed\":" + (seed + 1)), StandardCharsets.UTF_8);
    json = json.replace("\"bpm\"", "\"take\":" + number + ",\"bpm\""); // no result that is in the bank already
    return (json.substring(0, json.length() - 1) + ",\"name\":\"render-" + number + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  /** Every node has work waiting all the time; what is counted is what ends within the time. */
  private double throughput(int count) throws Exception {
    try (NatsTrio nats = NatsTrio.start()) {
      List<DaemonProcess> nodes = nodes(count, nats);
      List<CpuShare> shares = new ArrayList<>();
      try (Clients clients = new Clients(nodes, 3 * count)) {
        clients.save(WARM_UP * count, number -> order(number, WARM_UP_SEED + number, 10, 32), new AtomicInteger());
        for (DaemonProcess node : nodes) {
          CpuShare.of(node.pid(), share).ifPresent(shares::add);
        }
        double cpuBefore = cpuSec(nodes);
        double perSecond = clients.saveFor(Duration.ofSeconds(seconds), number -> order(number, number, 10, 32));
        double cores = (cpuSec(nodes) - cpuBefore) / seconds;
        System.out.printf(Locale.ROOT, "  nodes used %.2f cores of %s; %.2f s of a core for each render%n", cores,
            shares.isEmpty() ? "all" : String.format(Locale.ROOT, "%.2f", share * count), cores / perSecond);
        return perSecond;
      } finally {
        close(nodes);
        for (CpuShare one : shares) {
          one.close();
        }
      }
    }
  }

  private static double cpuSec(List<DaemonProcess> nodes) {
    return nodes.stream().mapToDouble(node -> CpuShare.usedSec(node.pid())).sum();
  }

  private boolean throughKills() throws Exception {
    try (NatsTrio nats = NatsTrio.start()) {
      List<DaemonProcess> nodes = nodes(NODES, nats);
      AtomicInteger done = new AtomicInteger();
      try (Clients clients = new Clients(nodes, 2 * NODES)) {
        Thread trouble = Thread.ofPlatform().start(() -> trouble(nodes, nats, done));
        long start = System.nanoTime();
        int refused = clients.save(renders, number -> order(number, number % SCORES, 5, 4), done);
        double seconds = (System.nanoTime() - start) / 1e9;
        trouble.join();
        return report(clients.list(), refused, seconds);
      } finally {
        close(nodes);
      }
    }
  }

  private void trouble(List<DaemonProcess> nodes, NatsTrio nats, AtomicInteger done) {
    try {
      await(done, renders / 4);
      nodes.get(1).kill();
      await(done, renders / 2);
      nats.kill(0);
      await(done, 3 * renders / 4);
      nats.start(0);
    } catch (IOException | InterruptedException failed) {
      System.out.println("the trouble did not come about: " + failed);
    }
  }

  private static void await(AtomicInteger done, int count) throws InterruptedException {
    while (done.get() < count) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private boolean report(byte[] list, int refused, double seconds) throws IOException {
    Set<String> names = new HashSet<>();
    String[] hashes = new String[SCORES];
    int twice = 0;
    int wrong = 0;
    for (JsonNode render : new ObjectMapper().readTree(list).path("renders")) {
      String name = render.path("name").asText();
      twice += names.add(name) ? 0 : 1;
      int score = Integer.parseInt(name.substring("render-".length())) % SCORES;
      hashes[score] = hashes[score] == null ? render.path("wavHash").asText() : hashes[score];
      wrong += hashes[score].equals(render.path("wavHash").asText()) ? 0 : 1;
    }
    System.out.printf(Locale.ROOT, "%d renders while a node and a NATS server are killed: %.1f s, %d there, %d lost, %d twice, %d with "
        + "other bytes, %d attempts refused or cut%n", renders, seconds, names.size(), renders - names.size(), twice, wrong, refused);
    return names.size() == renders && twice == 0 && wrong == 0;
  }
}
