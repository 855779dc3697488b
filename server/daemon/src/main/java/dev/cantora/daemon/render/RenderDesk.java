package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.RenderKey;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.presets.PresetCatalogue;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.engine.Renderer;
import dev.cantora.engine.lyrics.Phonemizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Takes orders from requests, sees them through the queue and waits with the caller for the end. */
public final class RenderDesk {
  private final OrderDesk orders;
  private final RenderQueue queue;
  private final PlanDesk plans;
  private final Bank bank;
  private final JobIds ids = new JobIds();

  /** @param parallel renders that run at once */
  public RenderDesk(DaemonConfig config, PresetCatalogue presets, Phonemizer phonemizer, Dictionaries dictionaries,
      Renderer renderer, Bank bank, int parallel, Metrics metrics) {
    this.orders = new OrderDesk(presets, config.render().maxDurationSec());
    this.plans = new PlanDesk(renderer, phonemizer, dictionaries);
    this.bank = bank;
    this.queue = new RenderQueue(new RenderWork(renderer, phonemizer, dictionaries, bank, config.identity().commit()),
        config.render().queueMaxDepth(), parallel, metrics);
  }

  /**
   * Renders the body's score; the job's id is on the answer, whatever becomes of it. Cancelled when the client leaves,
   * unless it said that it would not wait.
   */
  RenderJob render(Exchange exchange, boolean keep) {
    String jobId = ids.idFor(exchange.header("X-Render-Job-Id").orElse(null));
    RenderJob job = submit(exchange.body(), keep, exchange, jobId);
    exchange.setHeader("X-Render-Job-Id", jobId);
    if (!wantsToWait(exchange)) {
      return job;
    }
    exchange.onDisconnect(() -> queue.cancel(job));
    return job;
  }

  /** False for {@code Prefer: respond-async}. */
  static boolean wantsToWait(Exchange exchange) {
    return exchange.header("Prefer").stream().flatMap(prefer -> Arrays.stream(prefer.split(",")))
        .noneMatch(preference -> preference.split(";")[0].strip().equalsIgnoreCase("respond-async"));
  }

  /** A job for one item of a batch. */
  RenderJob submit(JsonNode body, Exchange exchange) {
    return submit(body, true, exchange, ids.idFor(null));
  }

  private RenderJob submit(JsonNode body, boolean keep, Exchange exchange, String jobId) {
    queue.requireRoom();
    RenderOrder order = orders.take(body, keep, exchange.principal());
    Reservation reservation = bank.reserve(order.estimatedBytes(), keep ? null : RenderKey.last(order.owner().id()));
    RenderJob job = new RenderJob(jobId, exchange.requestId(), order, reservation);
    try {
      queue.submit(job);
    } catch (ApiException refused) {
      reservation.close();
      throw refused;
    }
    return job;
  }

  /** The body's score with its performance, and the configuration; nothing is queued or kept. */
  Map<String, Object> plan(Exchange exchange) {
    return plans.plan(orders.take(exchange.body(), false, exchange.principal()));
  }

  /** The result, or what went wrong. */
  RenderJob.Result await(RenderJob job) throws InterruptedException {
    try {
      return job.result().get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof ApiException known ? known
          : ApiException.builder(ErrorCode.INTERNAL_ERROR).cause(failed.getCause()).build();
    } catch (InterruptedException stopping) {
      queue.cancel(job);
      throw stopping;
    }
  }

  RenderQueue queue() {
    return queue;
  }

  /** Jobs waiting and running. */
  public int depth() {
    return queue.depth();
  }

  public boolean inFlight() {
    return queue.inFlight();
  }

  /** Finishes what runs, refuses the rest. @return whether running jobs finished in time */
  public boolean drain(Duration deadline) throws InterruptedException {
    return queue.drain(deadline);
  }
}
