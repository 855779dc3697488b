package dev.cantora.bench.cluster;

import dev.cantora.bench.DaemonProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Clients behind a load balancer: the next node when one refuses, is away, or dies while it answers. */
final class Clients implements AutoCloseable {
  private static final int ATTEMPTS = 300;
  private static final long RETRY_MS = 200;

  private final List<DaemonProcess> nodes;
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
  private final ExecutorService threads;
  private final int count;

  Clients(List<DaemonProcess> nodes, int count) {
    this.nodes = nodes;
    this.count = count;
    this.threads = Executors.newFixedThreadPool(count);
  }

  /** Saves renders 0 to count - 1. @param done counted up @return attempts that were refused or cut */
  int save(int count, IntFunction<byte[]> order, AtomicInteger done) throws Exception {
    AtomicInteger refused = new AtomicInteger();
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      all.add(threads.submit((Callable<Void>) () -> {
        save(number, order.apply(number), refused);
        done.incrementAndGet();
        return null;
      }));
    }
    for (Future<Void> one : all) {
      one.get();
    }
    return refused.get();
  }

  /** Saves renders one after another in every thread for a while. @return how many came about each second */
  double saveFor(Duration time, IntFunction<byte[]> order) throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    long endNs = System.nanoTime() + time.toNanos();
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(threads.submit((Callable<Void>) () -> {
        while (System.nanoTime() < endNs) {
          int number = next.getAndIncrement();
          save(number, order.apply(number), new AtomicInteger());
          if (System.nanoTime() < endNs) {
            done.incrementAndGet();
          }
        }
        return null;
      }));
    }
    for (Future<Void> one : all) {
      one.get();
    }
    return done.get() / (time.toNanos() / 1e9);
  }

  private void save(int number, byte[] order, AtomicInteger refused) throws IOException, InterruptedException {
    String key = java.util.UUID.nameUUIDFromBytes(order).toString();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      HttpRequest request = HttpRequest.newBuilder(nodes.get((number + attempt) % nodes.size()).uri().resolve("/api/v1/renders"))
          .timeout(Duration.ofSeconds(60)).header("Content-Type", "application/json").header("Idempotency-Key", key)
          .POST(BodyPublishers.ofByteArray(order)).build();
      try {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return;
        }
        if (answer.statusCode() != 503 && answer.statusCode() != 409) {
          throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
      } catch (IOException away) {
        // the next node
      }
      refused.incrementAndGet();
      TimeUnit.MILLISECONDS.sleep(RETRY_MS);
    }
    throw new IOException("render " + number + " did not come about");
  }

  /** The list of renders, from any node that is there. */
  byte[] list() throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(nodes.getFirst().uri().resolve("/api/v1/renders")).build(), BodyHandlers.ofByteArray()).body();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.shutdownNow();
  }
}
