package dev.cantora.client.http;

import dev.cantora.api.model.RenderEvent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Reads a stream of server-sent events whose data is a {@link RenderEvent}. */
public final class EventStream implements AutoCloseable {
  private final CompletableFuture<HttpResponse<Void>> exchange;

  private EventStream(CompletableFuture<HttpResponse<Void>> exchange) {
    this.exchange = exchange;
  }

  /**
   * Opens a stream.
   *
   * @param call a call of {@code streamRenderEvents}
   * @param listener receives the events in order, on a thread of the HTTP client
   */
  public static EventStream open(Transport transport, Call<?> call, Consumer<RenderEvent> listener) {
    return new EventStream(transport.http().sendAsync(transport.request(call), head -> head.statusCode() == 200
        ? HttpResponse.BodySubscribers.fromLineSubscriber(new Lines(listener))
        : HttpResponse.BodySubscribers.discarding()));
  }

  /** Completes when the stream has ended, for whatever reason. */
  public CompletableFuture<Void> ended() {
    return exchange.handle((response, failure) -> null);
  }

  @Override
  public void close() {
    exchange.cancel(true);
  }

  /** Gathers the data lines of an event up to the empty line that ends it. */
  private static final class Lines implements Flow.Subscriber<String> {
    private final Consumer<RenderEvent> listener;
    private final StringBuilder data = new StringBuilder();

    Lines(Consumer<RenderEvent> listener) {
      this.listener = listener;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (line.startsWith("data:")) {
        data.append(line, line.startsWith("data: ") ? 6 : 5, line.length()).append('\n');
      } else if (line.isEmpty() && !data.isEmpty()) {
        String json = data.toString();
        data.setLength(0);
        try {
          listener.accept(Transport.json().readValue(json, RenderEvent.class));
        } catch (IOException ofALaterVersion) {
          // an event type that this client does not know says nothing to it
        }
      }
    }

    @Override
    public void onError(Throwable failure) {
      // told by the future of the exchange
    }

    @Override
    public void onComplete() {
      // told by the future of the exchange
    }
  }
}
