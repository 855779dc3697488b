package dev.cantora.daemon.cluster;

import dev.cantora.daemon.config.DaemonConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Real NATS servers with JetStream on loopback, one or a cluster of three, that can be killed and started again. */
public final class NatsServers implements AutoCloseable {
  private static final long PATIENCE_NS = 20_000_000_000L;
  private static final long STEP_MS = 20;

  private final Path folder;
  private final List<Integer> clientPorts = new ArrayList<>();
  private final List<Integer> routePorts = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private NatsServers(Path folder, int count) {
    this.folder = folder;
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * count; i++) {
        ServerSocket socket = new ServerSocket(0);
        held.add(socket);
        (i < count ? clientPorts : routePorts).add(socket.getLocalPort());
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    for (int i = 0; i < count; i++) {
      processes.add(null);
      start(i);
    }
  }

  /** Starts them with their files below a folder and waits until they listen. */
  public static NatsServers start(Path folder, int count) {
    return new NatsServers(folder, count);
  }

  /** The value of CANTORA_CLUSTER. */
  public String urls() {
    return clientPorts.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** A connection as a node has it. @param nodeId of the node */
  ClusterLink link(String nodeId) {
    return ClusterLink.open(DaemonConfig.from(Map.of("CANTORA_CLUSTER", urls())).cluster(), nodeId);
  }

  /** Starts a server that was killed, with what it had stored. */
  public void start(int index) {
    try {
      Path home = Files.createDirectories(folder.resolve("nats-" + index));
      Path config = home.resolve("nats.conf");
      Files.writeString(config, config(index, home));
      processes.set(index, new ProcessBuilder("nats-server", "-c", config.toString())
          .redirectErrorStream(true).redirectOutput(home.resolve("log").toFile()).start());
      awaitListening(index);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String config(int index, Path home) {
    String text = "listen: 127.0.0.1:" + clientPorts.get(index) + "\nserver_name: n" + index
        + "\njetstream { store_dir: \"" + home.resolve("js") + "\", max_mem: 256MB, max_file: 4GB }\n";
    if (routePorts.size() == 1) {
      return text;
    }
    String routes = routePorts.stream().map(port -> "nats-route://127.0.0.1:" + port).collect(Collectors.joining(", "));
    return text + "cluster { name: test, listen: 127.0.0.1:" + routePorts.get(index) + ", routes: [" + routes + "] }\n";
  }

  private void awaitListening(int index) throws IOException {
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (true) {
      try (Socket probe = new Socket("127.0.0.1", clientPorts.get(index))) {
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > endNs || !processes.get(index).isAlive()) {
          throw new IOException("nats-server does not start: " + Files.readString(folder.resolve("nats-" + index + "/log")), notYet);
        }
        sleep();
      }
    }
  }

  /** It stays connected and says nothing any more, like a machine that hangs or a network that swallows everything. */
  public void pause(int index) throws IOException, InterruptedException {
    signal("-STOP", index);
  }

  /** It goes on after {@link #pause}. */
  public void resume(int index) throws IOException, InterruptedException {
    signal("-CONT", index);
  }

  private void signal(String signal, int index) throws IOException, InterruptedException {
    String pid = Long.toString(processes.get(index).pid());
    if (new ProcessBuilder("kill", signal, pid).inheritIO().start().waitFor() != 0) {
      throw new IOException("no such server");
    }
  }

  /** As kill -9 does. */
  public void kill(int index) {
    processes.get(index).destroyForcibly();
    awaitEnd(index);
  }

  private void awaitEnd(int index) {
    try {
      processes.get(index).waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(STEP_MS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    for (int i = 0; i < processes.size(); i++) {
      awaitEnd(i);
    }
  }
}
