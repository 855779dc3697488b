package dev.cantora.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a daemon holds.
 *
 * @param heapBytes in use after a full garbage collection
 * @param threads platform threads
 * @param descriptors open files and sockets
 * @param residentBytes of the process, whatever the collector left
 * @param liveSockets connected to {@code /ws}
 * @param jamSessions that exist
 */
public record Vitals(long heapBytes, long threads, long descriptors, long residentBytes, long liveSockets, long jamSessions) {
  private static final String PREFIX = "vocal_synth_";
  /** Gauges are sampled; see METRICS_SAMPLE_INTERVAL_MS. */
  private static final long SAMPLE_MS = 250;

  /** Collects garbage in the daemon, then asks it. */
  public static Vitals after(DaemonProcess daemon, ServiceClient client) throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      collect(daemon.pid());
    }
    TimeUnit.MILLISECONDS.sleep(SAMPLE_MS);
    String metrics = new String(client.get("/api/v1/metrics"), StandardCharsets.UTF_8);
    return new Vitals(metric(metrics, "jvm_heap_used_bytes"), metric(metrics, "jvm_threads"), metric(metrics, "process_open_fds"),
        metric(metrics, "process_resident_memory_bytes"), metric(metrics, "ws_sessions_active{kind=\"live\"}"),
        metric(metrics, "ws_sessions_active{kind=\"jam\"}"));
  }

  /** The daemon's counter or gauge, 0 when it has none of that name. */
  public static long metric(String text, String name) {
    return text.lines().filter(line -> line.startsWith(PREFIX + name + " ")).findFirst()
        .map(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))).orElse(0L);
  }

  private static void collect(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
  }

  /** Objects that are in use this very moment, in MiB: counted while the JVM stands still, so without what became garbage since. */
  public static double liveMib(DaemonProcess daemon) throws IOException, InterruptedException {
    String total = jcmd(daemon.pid(), "GC.class_histogram").lines().filter(line -> line.startsWith("Total")).findFirst()
        .orElseThrow(() -> new IOException("jcmd counted nothing"));
    return Long.parseLong(total.substring(total.lastIndexOf(' ') + 1)) / (double) (1 << 20);
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process = new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd: " + said);
    }
    return said;
  }

  public double heapMib() {
    return heapBytes / (double) (1 << 20);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "heap after GC %.1f MiB, %d threads, %d descriptors, resident %d MiB, %d live, %d jam", heapMib(),
        threads, descriptors, residentBytes >> 20, liveSockets, jamSessions);
  }
}
