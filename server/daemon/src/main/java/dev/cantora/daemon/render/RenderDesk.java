package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.RenderCancelled;
import dev.cantora.api.model.RenderFailed;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.GrowingAudio;
import dev.cantora.daemon.bank.RenderKey;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.presets.PresetCatalogue;
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.shelf.Shelf;
import dev.cantora.daemon.telemetry.Tracing;
import dev.cantora.daemon.webhook.Webhooks;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.Renderer;
import dev.cantora.engine.lyrics.Phonemizer;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Takes orders from requests, sees them through the queue and waits with the caller for the end. */
public final class RenderDesk {
  private final OrderDesk orders;
  private final RenderWork work;
  private final JobQueue queue;
  private final PlanDesk plans;
  private final Webhooks webhooks;
  private final Bank bank;
  private final JobIds ids = new JobIds();

  /**
   * A job that was queued.
   *
   * @param result fails with an ApiException, RENDER_CANCELLED among others
   * @param cancel takes it out of the queue or tells it to stop
   */
  public record Ticket(String jobId, CompletableFuture<QueuedWork.Result> result, Runnable cancel) {}

  /** @param results that need not be made again @param queues makes the queue, of whatever kind */
  public RenderDesk(DaemonConfig config, PresetCatalogue presets, Phonemizer phonemizer, Dictionaries dictionaries,
      Renderer renderer, Bank bank, Results results, Function<Rendering, JobQueue> queues) {
    this.orders = new OrderDesk(presets, config.render().maxDurationSec());
    OrderWords words = new OrderWords(phonemizer, dictionaries);
    this.plans = new PlanDesk(renderer, words, config.http().planBodyLimitBytes());
    this.webhooks = new Webhooks(config.webhooks().hosts(), new Shelf(config.store().renderStoreDir().resolve(".webhooks")));
    this.bank = bank;
    this.work = new RenderWork(renderer, words, bank, config.identity().commit(), results);
    this.queue = queues.apply(rendering());
    webhooks.resume();
  }

  /**
   * Renders the body's score; the job's id is on the answer, whatever becomes of it. Cancelled when the client leaves,
   * unless it said that it would not wait.
   */
  RenderJob render(Exchange exchange, boolean keep) {
    RenderJob job = known(exchange).orElseGet(() -> submit(exchange.body(), keep, exchange, idFor(exchange)));
    exchange.setHeader("X-Render-Job-Id", job.id());
    if (!wantsToWait(exchange)) {
      return job;
    }
    exchange.onDisconnect(() -> queue.cancel(job));
    return job;
  }

  /** Where jobs outlive their daemon, the job that an earlier request with the same Idempotency-Key has begun. */
  private Optional<RenderJob> known(Exchange exchange) {
    return keyedId(exchange).flatMap(queue::find).filter(job -> job.owner().id().equals(exchange.principal().id())
        && !(queue.lastEvent(job) instanceof RenderFailed) && !(queue.lastEvent(job) instanceof RenderCancelled));
  }

  private String idFor(Exchange exchange) {
    Optional<String> keyed = keyedId(exchange);
    return keyed.isPresent() && queue.find(keyed.get()).isEmpty() ? keyed.get()
        : ids.idFor(exchange.header("X-Render-Job-Id").orElse(null));
  }

  private Optional<String> keyedId(Exchange exchange) {
    return queue.shared() && exchange.header("X-Render-Job-Id").isEmpty()
        ? exchange.header("Idempotency-Key").map(key -> JobIds.keyed(exchange.principal().id(), exchange.operation().id(), key))
        : Optional.empty();
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

  /** A job whose answer carries the audio; cancelled when the client leaves. */
  RenderJob renderInline(JsonNode body, Exchange exchange) {
    RenderJob job = submit(body, false, exchange, ids.idFor(null));
    exchange.onDisconnect(() -> queue.cancel(job));
    return job;
  }

  /** A job whose audio is heard while it is made, and its length. */
  record Streaming(RenderJob job, CompletableFuture<GrowingAudio> audio, long bytes) {}

  /** Renders the body's score at the level it is sung; the audio can be had as soon as the job runs. */
  Streaming stream(Exchange exchange) {
    String jobId = ids.idFor(exchange.header("X-Render-Job-Id").orElse(null));
    queue.requireRoom();
    RenderOrder order = orders.takeUnscaled(exchange.body(), exchange.principal());
    Reservation reservation = bank.reserve(order.estimatedBytes(), RenderKey.last(order.owner().id()));
    CompletableFuture<GrowingAudio> audio = new CompletableFuture<>();
    RenderJob job = new RenderJob(jobId, exchange.requestId(), order.owner(), List.of(reservation),
        monitor -> work.direct(order, reservation, monitor, exchange.trace(), draft -> audio.complete(draft.growing())));
    job.result().whenComplete((result, failure) -> audio.completeExceptionally(failure == null ? new IllegalStateException() : failure));
    enqueue(job);
    exchange.holdBodyUntil(job.result());
    exchange.setHeader("X-Render-Job-Id", jobId);
    exchange.onDisconnect(() -> queue.cancel(job));
    return new Streaming(job, audio, order.wav().fileBytes(order.frames()));
  }

  private RenderJob submit(JsonNode body, boolean keep, Exchange exchange, String jobId) {
    queue.requireRoom();
    JsonNode webhook = body.get("webhook");
    if (webhook != null) {
      webhooks.requireAllowed(webhook.get("url").asText());
    }
    RenderOrder order = orders.take(body, keep, exchange.principal());
    if (queue.shared()) {
      orders.offerVoice(order);
    }
    Reservation reservation = bank.reserve(order.estimatedBytes(), keep ? null : RenderKey.last(order.owner().id()));
    RenderJob job = new RenderJob(jobId, exchange.requestId(), order.owner(), List.of(reservation),
        monitor -> work.run(order, reservation, monitor, exchange.trace()), new RenderJob.Order(body, keep, order.voice().contentHash()));
    enqueue(job);
    exchange.holdBodyUntil(job.result());
    if (webhook != null && !queue.shared()) {
      Webhooks.Promise message = webhooks.promise(webhook.get("url").asText(), webhook.get("secret").asText(), JobStatuses.lost(job));
      job.result().whenComplete((result, failure) -> message.send(JobStatuses.of(job, queue.lastEvent(job))));
    }
    return job;
  }

  /** Renders as queues want them. */
  private Rendering rendering() {
    return new Rendering() {
      @Override
      public QueuedWork.Result render(JsonNode body, String voiceHash, boolean keep, Principal owner, Reservation reservation,
          RenderMonitor monitor) throws IOException {
        return work.run(orders.takeAgain(body, voiceHash, keep, owner), reservation, monitor, Tracing.UNTRACED);
      }

      @Override
      public void ended(RenderJob job, JsonNode body) {
        JsonNode webhook = body.get("webhook");
        if (webhook != null) {
          Map<String, Object> status = JobStatuses.of(job, queue.lastEvent(job));
          webhooks.promise(webhook.get("url").asText(), webhook.get("secret").asText(), status).send(status);
        }
      }
    };
  }

  /** The body's score with its performance, and the configuration; nothing is queued or kept. */
  Map<String, Object> plan(Exchange exchange) {
    return plans.plan(orders.take(exchange.body(), false, exchange.principal()));
  }

  /**
   * Queues work of another kind among the renders: same order, same events, cancelled by the same routes.
   *
   * @param chosenId by the client, or null
   * @param requestId for the log
   * @param reservations given back when the job ends, also when it is refused here
   * @throws ApiException INVALID_JOB_ID, CONFLICT, RENDER_QUEUE_FULL, SERVER_SHUTDOWN
   */
  public Ticket submit(String chosenId, String requestId, Principal owner, List<Reservation> reservations, QueuedWork other) {
    String jobId;
    try {
      jobId = ids.idFor(chosenId);
    } catch (ApiException invalid) {
      reservations.forEach(Reservation::close);
      throw invalid;
    }
    RenderJob job = new RenderJob(jobId, requestId, owner, reservations, other);
    enqueue(job);
    return new Ticket(jobId, job.result(), () -> queue.cancel(job));
  }

  private void enqueue(RenderJob job) {
    try {
      queue.submit(job);
    } catch (ApiException refused) {
      job.release();
      throw refused;
    }
  }

  /** The result, or what went wrong. */
  QueuedWork.Result await(RenderJob job) throws InterruptedException {
    return await(job, job.result());
  }

  /** What a job promised, or what went wrong. */
  <T> T await(RenderJob job, CompletableFuture<T> part) throws InterruptedException {
    job.waiting(1);
    try {
      return part.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof ApiException known ? known
          : ApiException.builder(ErrorCode.INTERNAL_ERROR).cause(failed.getCause()).build();
    } catch (InterruptedException stopping) {
      queue.cancel(job);
      throw stopping;
    } finally {
      job.waiting(-1);
    }
  }

  JobQueue queue() {
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
    boolean clean = queue.drain(deadline);
    webhooks.close();
    return clean;
  }
}
