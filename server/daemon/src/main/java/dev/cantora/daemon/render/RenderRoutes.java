package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.CancelledJob;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderOutcome;
import dev.cantora.api.model.RenderResult;
import dev.cantora.daemon.api.RenderService;
import dev.cantora.daemon.bank.GrowingAudio;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.security.Principal;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/** Rendering, cancelling, and progress as it happens. */
public final class RenderRoutes extends RenderService {
  private static final String AUDIO_URL = "/api/renders/last/audio.wav";
  private static final long HEARTBEAT_MS = 15_000;

  private final RenderDesk desk;

  public RenderRoutes(RenderDesk desk) {
    this.desk = desk;
  }

  @Override
  protected void render(Exchange exchange) throws InterruptedException {
    RenderJob job = desk.render(exchange, false);
    if (!RenderDesk.wantsToWait(exchange)) {
      answerAccepted(exchange, job);
      return;
    }
    RenderOutcome outcome = desk.await(job).outcome();
    exchange.json(new RenderResult(job.id(), outcome.durationSec(), outcome.telemetry(), outcome.provenance(), AUDIO_URL,
        outcome.warnings(), outcome.reused()));
  }

  @Override
  protected void streamRender(Exchange exchange) throws InterruptedException {
    RenderDesk.Streaming streaming = desk.stream(exchange);
    try (GrowingAudio audio = desk.await(streaming.job(), streaming.audio())) {
      exchange.setHeader("Content-Type", "audio/wav").setHeader("Cache-Control", "no-store");
      exchange.setHeader("Content-Length", Long.toString(streaming.bytes()));
      try (OutputStream out = exchange.response().outputStream()) {
        audio.copyTo(out);
      }
    } catch (IOException | UncheckedIOException ended) {
      // the head is sent: all that is left is to cut the connection, so that nobody takes the part for the whole
      desk.queue().cancel(streaming.job());
      throw new CloseConnectionException("audio ended early", ended);
    }
  }

  static void answerAccepted(Exchange exchange, RenderJob job) {
    exchange.setHeader("Location", JobStatuses.url(job)).setHeader("Preference-Applied", "respond-async");
    exchange.json(202, JobStatuses.accepted(job));
  }

  @Override
  protected void getJob(Exchange exchange) {
    RenderJob job = desk.queue().find(exchange.parameter("jobId")).orElseThrow(() -> new ApiException(ErrorCode.JOB_NOT_FOUND));
    requireOwner(exchange.principal(), job);
    exchange.json(JobStatuses.of(job, desk.queue().lastEvent(job)));
  }

  @Override
  protected void createPlan(Exchange exchange) {
    exchange.json(desk.plan(exchange));
  }

  @Override
  protected void cancelJob(Exchange exchange) {
    String jobId = exchange.parameter("jobId");
    RenderJob job = desk.queue().find(jobId).orElseThrow(() -> noSuchJob(jobId));
    requireOwner(exchange.principal(), job);
    CancelledJob.State state = desk.queue().cancel(job).orElseThrow(() -> noSuchJob(jobId));
    exchange.json(new CancelledJob(job.id(), state));
  }

  @Override
  protected void cancelJobByPost(Exchange exchange) {
    cancelJob(exchange);
  }

  private static ApiException noSuchJob(String jobId) {
    return ApiException.builder(ErrorCode.JOB_NOT_FOUND).detail("jobId", jobId).build();
  }

  private static void requireOwner(Principal principal, RenderJob job) {
    if (!principal.mayAccess(job.owner().id())) {
      throw new ApiException(ErrorCode.FORBIDDEN, "This job belongs to another principal.");
    }
  }

  @Override
  protected void streamRenderEvents(Exchange exchange) throws InterruptedException {
    Optional<String> jobId = exchange.query("jobId");
    Principal principal = exchange.principal();
    jobId.flatMap(desk.queue()::find).ifPresent(job -> requireOwner(principal, job));
    Predicate<RenderJob> wanted = job -> principal.mayAccess(job.owner().id()) && jobId.map(job.id()::equals).orElse(true);
    try (JobEvents.Subscription events = desk.queue().subscribe(wanted, jobId.isPresent())) {
      exchange.setHeader("Content-Type", "text/event-stream; charset=utf-8");
      exchange.setHeader("Cache-Control", "no-cache, no-transform");
      exchange.setHeader("X-Accel-Buffering", "no");
      exchange.onDisconnect(events::close);
      try (OutputStream out = exchange.response().outputStream()) {
        send(out, ": queue depth " + desk.depth() + "\n\n");
        pump(events, out, jobId.isPresent());
      } catch (IOException | UncheckedIOException gone) {
        throw new CloseConnectionException("the listener left", gone);
      }
    }
  }

  private static void pump(JobEvents.Subscription events, OutputStream out, boolean endsWithJob)
      throws IOException, InterruptedException {
    while (!events.closed()) {
      RenderEvent event = events.poll(HEARTBEAT_MS);
      if (event == null) {
        if (!events.closed()) {
          send(out, ": heartbeat\n\n");
        }
        continue;
      }
      var data = Json.tree(event);
      send(out, "event: " + data.path("type").asText() + "\ndata: " + Json.text(data) + "\n\n");
      if (endsWithJob && RenderJob.terminal(event)) {
        return;
      }
    }
  }

  private static void send(OutputStream out, String frame) throws IOException {
    out.write(frame.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
