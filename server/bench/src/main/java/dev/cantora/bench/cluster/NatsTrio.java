package dev.cantora.bench.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Three NATS servers with JetStream on loopback; their files are deleted in the end. */
final class NatsTrio implements AutoCloseable {
  private static final int SERVERS = 3;
  private static final int PATIENCE_STEPS = 500;

  private final Path folder;
  private final int[] ports = new int[2 * SERVERS];
  private final Process[] processes = new Process[SERVERS];

  private NatsTrio(Path folder) {
    this.folder = folder;
  }

  static NatsTrio start() throws IOException, InterruptedException {
    NatsTrio trio = new NatsTrio(Files.createTempDirectory("cantora-nats-"));
    for (int i = 0; i < trio.ports.length; i++) {
      try (ServerSocket socket = new ServerSocket(0)) {
        trio.ports[i] = socket.getLocalPort();
      }
    }
    for (int i = 0; i < SERVERS; i++) {
      trio.start(i);
    }
    return trio;
  }

  void start(int index) throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve(Integer.toString(index)));
    String routes = Arrays.stream(ports, SERVERS, 2 * SERVERS).mapToObj(port -> "nats-route://127.0.0.1:" + port)
        .collect(Collectors.joining(", "));
    Path config = Files.writeString(home.resolve("nats.conf"), "listen: 127.0.0.1:" + ports[index] + "\nserver_name: n" + index
        + "\njetstream { store_dir: \"" + home.resolve("js") + "\" }\ncluster { name: bench, listen: 127.0.0.1:"
        + ports[SERVERS + index] + ", routes: [" + routes + "] }\n");
    processes[index] = new ProcessBuilder("nats-server", "-c", config.toString()).redirectErrorStream(true)
        .redirectOutput(home.resolve("log").toFile()).start();
    for (int step = 0; !listens(ports[index]); step++) {
      if (step == PATIENCE_STEPS || !processes[index].isAlive()) {
        throw new IOException("nats-server does not start: " + Files.readString(home.resolve("log")));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean listens(int port) {
    try (Socket probe = new Socket("127.0.0.1", port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  void kill(int index) throws InterruptedException {
    processes[index].destroyForcibly().waitFor();
  }

  /** The value of CANTORA_CLUSTER. */
  String urls() {
    return Arrays.stream(ports, 0, SERVERS).mapToObj(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Process process : processes) {
      if (process != null) {
        process.destroyForcibly().waitFor();
      }
    }
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
