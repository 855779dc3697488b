package dev.cantora.client;

import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderProgressed;
import dev.cantora.client.api.RenderApi;
import dev.cantora.client.errors.CantoraException;
import dev.cantora.client.http.Call;
import dev.cantora.client.http.EventStream;
import dev.cantora.client.http.Transport;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

/** A render under way. */
public final class Rendering {
  /** How long a finished render is kept back for its last events. */
  private static final long LAST_EVENTS_MS = 1000;

  private final Cantora cantora;
  private final String jobId;
  private final Started started;
  /** Done when every listener has been told all. */
  private volatile CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

  Rendering(Cantora cantora, String jobId, Started started) {
    this.cantora = cantora;
    this.jobId = jobId;
    this.started = started;
  }

  /** The request under way, and what its answer means. */
  record Started(CompletableFuture<?> request, CompletableFuture<Render> result) {}

  static <T> Started started(Call<T> call, Function<? super T, Render> render) {
    CompletableFuture<T> request = call.submit();
    CompletableFuture<Render> result = new CompletableFuture<>();
    request.whenComplete((answer, failure) -> {
      if (failure != null) {
        result.completeExceptionally(failure);
      } else {
        result.complete(render.apply(answer));
      }
    });
    result.whenComplete((value, failure) -> request.cancel(true));
    return new Started(request, result);
  }

  public String jobId() {
    return jobId;
  }

  /**
   * Tells how far the render is, from 0 to 1, on a thread of the HTTP client. Progress is best effort: when its connection
   * breaks, the render goes on without.
   */
  public Rendering onProgress(DoubleConsumer listener) {
    return onEvent(event -> {
      if (event instanceof RenderProgressed progressed) {
        listener.accept(progressed.progress().fraction());
      }
    });
  }

  /** Hands over every event of the job, from its last known state on. */
  public Rendering onEvent(Consumer<RenderEvent> listener) {
    Transport transport = cantora.transport();
    EventStream events =
        EventStream.open(transport, new RenderApi(transport).streamRenderEvents().query("jobId", jobId), listener);
    told = CompletableFuture.allOf(told, events.ended());
    // the stream ends by itself after the job's last event; a failed request may leave no job to wait for
    started.result().whenComplete((render, failure) -> {
      if (failure != null) {
        events.close();
      }
    });
    return this;
  }

  /** Completes with the render, or with a {@code CantoraException}. Cancelling it cancels the job. */
  public CompletableFuture<Render> result() {
    return started.result();
  }

  /**
   * Waits for the render, and for a moment until listeners have been told of its end.
   *
   * @throws CantoraException when there is none; RenderCancelledException after {@link #cancel}
   */
  public Render join() {
    Render render = Transport.await(started.result());
    Transport.await(told.copy().completeOnTimeout(null, LAST_EVENTS_MS, TimeUnit.MILLISECONDS));
    return render;
  }

  /** Waits for the render and saves its audio. */
  public Render save(Path file) {
    return join().save(file);
  }

  /** Ends the job; {@link #join} then throws. A render that is finished stays. */
  public void cancel() {
    try {
      new RenderApi(cantora.transport()).cancelJob(jobId).execute();
    } catch (CantoraException notThere) {
      // the request may not have arrived yet: breaking its connection cancels the job as well
      started.result().cancel(true);
    }
  }
}
