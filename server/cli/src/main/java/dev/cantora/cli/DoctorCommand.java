package dev.cantora.cli;

import dev.cantora.engine.Engine;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.voice.VoiceLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(name = "doctor", description = "Checks Java, configuration, presets, port and render folder as the daemon would find them.")
final class DoctorCommand extends ToolCommand {
  private static final long LEAST_FREE_BYTES = 512L << 20;

  /** Where the daemon's classes are; set by {@code ./cantora}. What its variables may be, it knows alone. */
  private static final String DAEMON_CLASSPATH = "cantora.daemon.classpath";
  private static final String CONFIG_CHECK = "dev.cantora.daemon.ConfigCheck";

  record Finding(String check, boolean good, String detail) {}

  @Override
  public Integer call() throws IOException {
    Map<String, String> env = System.getenv();
    var findings = new ArrayList<Finding>();
    findings.add(new Finding("java", Runtime.version().feature() >= 25, "version " + Runtime.version()));
    try (Engine engine = Engine.create(1)) {
      findings.add(new Finding("kernel", true, engine.kernel()));
    }
    String daemon = System.getProperty(DAEMON_CLASSPATH);
    if (daemon != null) {
      findings.add(configuration(daemon, Map.of()));
    }
    presets(Path.of(env.getOrDefault("PRESET_DIR", "presets")), findings);
    findings.add(port(env.getOrDefault("PORT", "4321")));
    findings.add(disk(Path.of(env.getOrDefault("RENDER_STORE_DIR", "renders"))));
    boolean good = findings.stream().allMatch(Finding::good);
    var answer = JSON.createObjectNode().put("ok", good);
    var list = answer.putArray("checks");
    findings.forEach(f -> list.addObject().put("check", f.check()).put("ok", f.good()).put("detail", f.detail()));
    print(answer, findings.stream().map(f -> (f.good() ? "ok    " : "FAIL  ") + f.check() + ": " + f.detail()).toList());
    return good ? 0 : 1;
  }

  /** @param more variables beside those of this process */
  static Finding configuration(String daemonClasspath, Map<String, String> more) throws IOException {
    ProcessBuilder check = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
        "-cp", daemonClasspath, CONFIG_CHECK).redirectError(ProcessBuilder.Redirect.DISCARD);
    check.environment().putAll(more);
    Process process = check.start();
    try (var lines = process.inputReader()) {
      String problems = lines.lines().collect(Collectors.joining("; "));
      int exit = process.waitFor();
      return new Finding("configuration", exit == 0, exit == 0 ? "all variables can be used" : exit == 2 ? problems : "could not be checked");
    } catch (InterruptedException stopped) {
      process.destroy();
      Thread.currentThread().interrupt();
      return new Finding("configuration", false, "could not be checked");
    }
  }

  private static void presets(Path folder, List<Finding> findings) {
    var loader = new VoiceLoader(folder, w -> { });
    try {
      List<String> ids = loader.ids();
      findings.add(new Finding("presets", !ids.isEmpty(), ids.size() + " in " + folder));
      for (String id : ids) {
        try {
          loader.load(id);
        } catch (EngineException e) {
          findings.add(new Finding("preset " + id, false, e.fault() + ": " + e.getMessage()));
        }
      }
    } catch (IOException | RuntimeException e) {
      findings.add(new Finding("presets", false, folder + " cannot be read"));
    }
  }

  private static Finding port(String port) {
    try (var socket = new ServerSocket(Integer.parseInt(port), 1, InetAddress.getLoopbackAddress())) {
      return new Finding("port", true, socket.getLocalPort() + " is free");
    } catch (IOException e) {
      return new Finding("port", false, port + " is taken; set PORT or stop what listens there");
    } catch (IllegalArgumentException e) {
      return new Finding("port", false, "PORT is no port number");
    }
  }

  private static Finding disk(Path folder) throws IOException {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    long free = Files.getFileStore(there).getUsableSpace();
    boolean good = Files.isWritable(there) && free >= LEAST_FREE_BYTES;
    return new Finding("render folder", good, folder + ": " + (free >> 20) + " MiB free"
        + (Files.isWritable(there) ? "" : ", not writable"));
  }
}
