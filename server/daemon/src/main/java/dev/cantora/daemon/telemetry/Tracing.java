package dev.cantora.daemon.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One span per request, with a child for each of its longer steps, sent to an OTLP collector in batches, as children of the
 * caller's {@code traceparent}. Without a
 * collector nothing of OpenTelemetry is loaded and {@link #begin} returns a constant.
 *
 * <p>The SDK itself rather than Helidon's tracing feature, which hooks into Helidon's routing; here requests pass a gate of
 * our own that knows their route templates and codes.
 */
public final class Tracing implements AutoCloseable {
  private static final String PATH = "/v1/traces";
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** A part of a request's work; closing it ends its span. For one thread. */
  public interface Step extends AutoCloseable {
    @Override
    void close();
  }

  /** A request being traced. */
  public interface Request {
    /** @param route template such as {@code /api/v1/renders/{id}}, never a raw path */
    void end(String method, String route, int status, String requestId);

    /** Begins a child span, on any thread and also after the request has ended. @param name one that the handbook lists */
    Step step(String name);
  }

  private static final Step NO_STEP = () -> { };

  /** A request of which nothing is told. */
  public static final Request UNTRACED = new Request() {
    @Override
    public void end(String method, String route, int status, String requestId) {
      // told to nobody
    }

    @Override
    public Step step(String name) {
      return NO_STEP;
    }
  };

  private final Spans spans;

  private Tracing(Spans spans) {
    this.spans = spans;
  }

  /** @param otlpEndpoint base URL of a collector that speaks OTLP over HTTP, or null for no tracing */
  public static Tracing to(String otlpEndpoint, String version) {
    return new Tracing(otlpEndpoint == null ? null : new Spans(otlpEndpoint.replaceAll("/+$", "") + PATH, version));
  }

  /** @param traceparent the caller's header (W3C Trace Context), or null */
  public Request begin(String traceparent) {
    return spans == null ? UNTRACED : spans.begin(traceparent);
  }

  /** Sends what is waiting. */
  @Override
  public void close() {
    if (spans != null) {
      spans.provider.shutdown().join(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Everything that needs the SDK. */
  private static final class Spans {
    private static final TextMapGetter<String> TRACEPARENT = new TextMapGetter<>() {
      @Override
      public Iterable<String> keys(String carrier) {
        return List.of("traceparent");
      }

      @Override
      public String get(String carrier, String key) {
        return key.equals("traceparent") ? carrier : null;
      }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private Spans(String url, String version) {
      provider = SdkTracerProvider.builder()
          .setResource(Resource.getDefault().merge(Resource.create(
              Attributes.builder().put("service.name", "cantora").put("service.version", version).build())))
          .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder().setEndpoint(url).build())
              .setScheduleDelay(Duration.ofSeconds(1)).build())
          .build();
      tracer = provider.get("dev.cantora.daemon");
    }

    private Request begin(String traceparent) {
      Context parent = traceparent == null ? Context.root()
          : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, TRACEPARENT);
      return new TracedRequest(tracer, tracer.spanBuilder("request").setParent(parent).setSpanKind(SpanKind.SERVER).startSpan());
    }
  }

  private record TracedRequest(Tracer tracer, Span span) implements Request {
    @Override
    public void end(String method, String route, int status, String requestId) {
      span.updateName(method + " " + route);
      span.setAttribute("http.request.method", method);
      span.setAttribute("http.route", route);
      span.setAttribute("http.response.status_code", status);
      span.setAttribute("cantora.request_id", requestId);
      if (status >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }

    @Override
    public Step step(String name) {
      Span child = tracer.spanBuilder(name).setParent(Context.root().with(span)).startSpan();
      return child::end;
    }
  }
}
