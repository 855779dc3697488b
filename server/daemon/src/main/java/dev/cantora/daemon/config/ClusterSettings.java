package dev.cantora.daemon.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The cluster a daemon is a node of.
 *
 * @param servers URLs of NATS servers; empty for a daemon on its own, which then looks at nothing else here
 * @param credentials NATS credentials file, or null
 * @param replicas copies that JetStream keeps, 1 to 5
 * @param nodeId name of this node, or null for one made at start
 * @param nodeUrl where other nodes reach this one, or null for the address it is bound to, or its host name, and port
 * @param ackWaitMs silence after which a render is given to another node
 * @param cacheBytes audio kept on the node's disk
 */
public record ClusterSettings(List<String> servers, Path credentials, int replicas, String nodeId, String nodeUrl,
    long ackWaitMs, long cacheBytes) {
  private static final long MIB = 1L << 20;
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");
  private static final int MOST_REPLICAS_BY_DEFAULT = 3;

  public boolean enabled() {
    return !servers.isEmpty();
  }

  /** URLs may hold a password. */
  @Override
  public String toString() {
    return "ClusterSettings[" + servers.size() + " servers, node " + nodeId + "]";
  }

  static ClusterSettings from(EnvironmentReader env) {
    List<String> servers = env.list("CANTORA_CLUSTER");
    for (String server : servers) {
      if (!server.matches("(nats|tls)://[^\\s/?#]+")) {
        env.problem("CANTORA_CLUSTER", "must list NATS servers like nats://nats-1:4222");
      }
    }
    String nodeId = env.text("CANTORA_NODE_ID");
    if (nodeId != null && !nodeId.matches("[A-Za-z0-9_-]{1,64}")) {
      env.problem("CANTORA_NODE_ID", "must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    String nodeUrl = env.text("CANTORA_NODE_URL");
    if (nodeUrl != null && !nodeUrl.matches("https?://[A-Za-z0-9.\\-\\[\\]:]+")) {
      env.problem("CANTORA_NODE_URL", "must be a URL like http://10.0.0.7:4321 without a path");
    }
    int replicas = env.wholeNumber("CANTORA_CLUSTER_REPLICAS", 0, 1, 5);
    return new ClusterSettings(servers, env.path("CANTORA_CLUSTER_CREDENTIALS", null),
        replicas > 0 ? replicas : Math.max(1, Math.min(MOST_REPLICAS_BY_DEFAULT, servers.size())), nodeId, nodeUrl,
        env.wholeNumber("CANTORA_CLUSTER_ACK_WAIT_MS", 10_000, 1000, 600_000),
        MIB * env.wholeNumber("CANTORA_CLUSTER_CACHE_MB", 1024, 1, 1 << 30));
  }

  /** The configured name of this node, or one that no other node has. */
  public String nodeIdOrMade() {
    if (nodeId != null) {
      return nodeId;
    }
    byte[] random = new byte[2];
    new SecureRandom().nextBytes(random);
    return hostName().replaceAll("[^A-Za-z0-9_-]", "-") + "-" + HexFormat.of().formatHex(random);
  }

  /** Where the others reach this node. @param address that it is bound to @param port that it listens on */
  public String nodeUrlOrMade(String address, int port) {
    String reached = EVERY_ADDRESS.contains(address) ? hostName() : address.contains(":") ? "[" + address + "]" : address;
    return nodeUrl != null ? nodeUrl : "http://" + reached + ":" + port;
  }

  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.length() <= 59 ? name : name.substring(0, 59);
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
