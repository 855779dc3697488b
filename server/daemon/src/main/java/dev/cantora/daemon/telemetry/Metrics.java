package dev.cantora.daemon.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The daemon's metrics under the names that dashboards of the reference use. Built on the Prometheus client rather than
 * Micrometer because names, buckets and units are fixed by the contract and Micrometer derives its own.
 */
public final class Metrics {
  private static final String PREFIX = "vocal_synth_";

  private final long sampleNs;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests = Counter.builder().name(PREFIX + "http_requests_total")
      .help("HTTP requests answered.").labelNames("method", "route", "status").register(registry);
  private final Histogram requestSeconds = Histogram.builder().name(PREFIX + "http_request_duration_seconds")
      .help("Time from request line to end of answer.").labelNames("method", "route", "status")
      .classicOnly().classicUpperBounds(.005, .01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60).register(registry);
  private final Histogram renderSeconds = Histogram.builder().name(PREFIX + "render_duration_seconds")
      .help("Length of rendered audio.").classicOnly()
      .classicUpperBounds(.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600).register(registry);
  private final Histogram renderRtf = Histogram.builder().name(PREFIX + "render_rtf")
      .help("Wall time of a render over the length of its audio.").classicOnly()
      .classicUpperBounds(.01, .05, .1, .25, .5, 1, 2, 5, 10).register(registry);
  private final Counter renderJobs = Counter.builder().name(PREFIX + "render_jobs_total")
      .help("Render jobs that ended.").labelNames("outcome").register(registry);
  private final Counter authFailures = Counter.builder().name(PREFIX + "auth_failures_total")
      .help("Requests and sockets refused for their key.").register(registry);
  private final Counter rateLimitDrops = Counter.builder().name(PREFIX + "rate_limit_drops_total")
      .help("Requests refused by the rate limit.").register(registry);

  /** How a render job ended. */
  public enum Outcome { DONE, FAILED, CANCELLED }

  /** Gauges are read whenever somebody asks. */
  public Metrics() {
    this(Duration.ZERO);
  }

  /** @param sampleInterval gauges are read once in it at most, however often they are scraped */
  public Metrics(Duration sampleInterval) {
    sampleNs = sampleInterval.toNanos();
    gauge("process_resident_memory_bytes", "Resident set of the process.", ProcessFacts::residentBytes);
    gauge("process_open_fds", "Open file descriptors.", ProcessFacts::openDescriptors);
    gauge("process_cpu_seconds_total", "Processor time of the process.", ProcessFacts::cpuSeconds);
    gauge("process_start_time_seconds", "Start of the process since the epoch.",
        () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0);
    gauge("jvm_heap_used_bytes", "Heap in use.",
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    gauge("jvm_heap_committed_bytes", "Heap committed.",
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted());
    gauge("jvm_threads", "Platform threads.", () -> ManagementFactory.getThreadMXBean().getThreadCount());
    gauge("jvm_gc_seconds_total", "Time in garbage collections.", () -> ManagementFactory.getGarbageCollectorMXBeans()
        .stream().mapToLong(bean -> Math.max(0, bean.getCollectionTime())).sum() / 1000.0);
  }

  /** @param route template such as {@code /renders/{id}/meta}, never a raw path */
  public void request(String method, String route, int status, double seconds) {
    String label = route.length() <= 64 ? route : route.substring(0, 64);
    requests.labelValues(method, label, Integer.toString(status)).inc();
    requestSeconds.labelValues(method, label, Integer.toString(status)).observe(seconds);
  }

  /** @param audioSec and {@code wallSec} count only for jobs that are done */
  public void renderJob(Outcome outcome, double audioSec, double wallSec) {
    renderJobs.labelValues(outcome.name().toLowerCase(java.util.Locale.ROOT)).inc();
    if (outcome == Outcome.DONE && audioSec > 0) {
      renderSeconds.observe(audioSec);
      renderRtf.observe(wallSec / audioSec);
    }
  }

  public void authFailure() {
    authFailures.inc();
  }

  public void rateLimitDrop() {
    rateLimitDrops.inc();
  }

  /** A count kept elsewhere that never falls. @param name without the prefix */
  public void counter(String name, String help, LongSupplier count) {
    CounterWithCallback.builder().name(PREFIX + name).help(help)
        .callback(callback -> callback.call(count.getAsLong())).register(registry);
  }

  /** @param bounds upper bounds of the buckets, rising @return takes the values, on any thread */
  public DoubleConsumer histogram(String name, String help, double... bounds) {
    return Histogram.builder().name(PREFIX + name).help(help).classicOnly().classicUpperBounds(bounds).register(registry)::observe;
  }

  /** A value that is sampled. @param name without the prefix */
  public void gauge(String name, String help, DoubleSupplier value) {
    Sampled<Double> sampled = new Sampled<>(value::getAsDouble, sampleNs);
    GaugeWithCallback.builder().name(PREFIX + name.replaceAll("_total$", "")).help(help)
        .callback(callback -> callback.call(sampled.get())).register(registry);
  }

  /** Values by the one label that tells them apart, sampled together. */
  public void gauges(String name, String help, String label, Supplier<Map<String, Double>> values) {
    Sampled<Map<String, Double>> sampled = new Sampled<>(values, sampleNs);
    GaugeWithCallback.builder().name(PREFIX + name).help(help).labelNames(label)
        .callback(callback -> sampled.get().forEach((key, value) -> callback.call(value, key))).register(registry);
  }

  /** The text format of Prometheus, version 0.0.4. */
  public byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      new PrometheusTextFormatWriter(false).write(text, registry.scrape());
    } catch (IOException cannotHappen) {
      throw new UncheckedIOException(cannotHappen);
    }
    return text.toByteArray();
  }
}
