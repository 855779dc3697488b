package dev.cantora.daemon.http;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.Operation;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.Issue;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.lifecycle.Lifecycle;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.security.ClientAddress;
import dev.cantora.daemon.security.Credentials;
import dev.cantora.daemon.security.FailureBrake;
import dev.cantora.daemon.security.Origins;
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.security.RateLimiter;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.daemon.telemetry.Tracing;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * Every request passes here. Order of checks: request id, CORS, size and syntax of the body, authentication, rate limit,
 * validation, handler. Of a body beyond the usual limit the authentication comes first.
 */
public final class Gate implements Handler {
  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
  private static final HeaderName FORWARDED = HeaderNames.create("Forwarded");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private final OperationHandlers handlers;
  private final OperationTable table = new OperationTable();
  private final Authenticator authenticator;
  private final RateLimiter limiter;
  private final ClientAddress addresses;
  private final ApiHeaders headers;
  private final Schemas schemas;
  private final Lifecycle lifecycle;
  private final BodyReader bodies;
  private final LargeBodies largeBodies = new LargeBodies();
  private final StaticPages pages;
  private final Metrics metrics;
  private final ConnectionWatch connections;
  private final IdempotentAnswers idempotent;
  private final AccessLog accessLog;
  private final Tracing tracing;
  private final FailureBrake brake;
  /** Requests served at once, probes aside. */
  private final Semaphore places;

  Gate(DaemonConfig config, OperationHandlers handlers, Authenticator authenticator, Schemas schemas,
      Lifecycle lifecycle, Metrics metrics, Tracing tracing, FailureBrake brake,
      ConnectionWatch connections, AnswerStore answers) {
    this.handlers = handlers;
    this.authenticator = authenticator;
    this.limiter = new RateLimiter(config.rateLimit().requestsPerMinute(), config.rateLimit().maxTrackedClients(),
        System::nanoTime);
    this.idempotent = new IdempotentAnswers(answers);
    this.addresses = new ClientAddress(config.network().trustedProxies());
    this.headers = new ApiHeaders(new Origins(config.network().allowedOrigins()));
    this.schemas = schemas;
    this.lifecycle = lifecycle;
    this.bodies = new BodyReader(config.http().jsonBodyLimitBytes(), config.http().planBodyLimitBytes());
    this.pages = new StaticPages(config.network().cockpitDir(), config.network().docsDir());
    this.metrics = metrics;
    this.accessLog = new AccessLog(metrics, config.http().slowRequestMs());
    this.tracing = tracing;
    this.brake = brake;
    this.connections = connections;
    this.places = new Semaphore(config.http().maxConcurrentRequests());
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long startNs = System.nanoTime();
    String requestId = RequestIds.of(request.headers().first(RequestIdHeader.NAME).orElse(null));
    Tracing.Request trace = tracing.begin(request.headers().first(TRACEPARENT).orElse(null));
    Exchange exchange = new Exchange(request, response, requestId, clientAddress(request), connections, trace);
    MDC.put("requestId", requestId);
    try {
      response.headers().set(HeaderValues.create(RequestIdHeader.NAME, requestId));
      SecurityHeaders.ALWAYS.forEach((name, value) -> response.headers().set(HeaderValues.create(name, value)));
      connections.headOnly(request.prologue().method().equals(Method.HEAD));
      if (asksToClose(request.headers())) {
        response.headers().set(HeaderValues.CONNECTION_CLOSE);
      }
      try {
        serve(exchange);
      } catch (CloseConnectionException gone) {
        throw gone; // the handler has sent what it could
      } catch (Exception | Error thrown) {
        // an Error too: Helidon would call it a broken request
        if (ErrorResponder.answer(response, requestId, thrown).code() == ErrorCode.REQUEST_TIMEOUT) {
          throw new CloseConnectionException("the request did not arrive in time", thrown);
        }
      }
      discardBody(exchange);
    } finally {
      exchange.release();
      accessLog.finished(exchange, startNs);
      MDC.remove("requestId");
    }
  }

  /**
   * Reads what a refused request still sends, for a while: closing with bytes unread would reset the connection, and the
   * client would never see the answer.
   */
  private void discardBody(Exchange exchange) {
    ServerRequest request = exchange.request();
    if (request.content().hasEntity() && !exchange.bodyRead()) {
      if (request.headers().contains(HeaderValues.EXPECT_100)) {
        throw new CloseConnectionException("the body was not asked for");
      }
      connections.draining();
      try {
        request.content().consume();
      } catch (RuntimeException endless) {
        throw new CloseConnectionException("the rest of the body did not end", endless);
      }
    }
    connections.answered();
    if (asksToClose(exchange.response().headers())) {
      // Helidon 4.2 waits for more until its idle timer ends the connection (its issue 12324)
      throw new CloseConnectionException("this request was to be the last one");
    }
  }

  /** Connection options are a list, in any case (RFC 9110, 7.6.1), of which Helidon knows {@code close} alone. */
  private static boolean asksToClose(Headers headers) {
    return headers.values(HeaderNames.CONNECTION).stream().flatMap(options -> Arrays.stream(options.split(",")))
        .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  private void serve(Exchange exchange) throws Exception {
    ServerRequest request = exchange.request();
    RequestHead.require(request);
    OperationTable.Match match = table.match(request.prologue().method().text(), request.prologue().uriPath().rawPath());
    if (match instanceof OperationTable.Match.Found found && !found.operation().prefixed()) {
      // who asks whether the daemon lives would end one that is only busy
      serve(exchange, match);
      return;
    }
    if (!places.tryAcquire()) {
      throw ApiException.builder(ErrorCode.HTTP_ERROR).httpStatus(503).message("As many requests as may are being served.").build();
    }
    try {
      serve(exchange, match);
    } finally {
      places.release();
    }
  }

  private void serve(Exchange exchange, OperationTable.Match match) throws Exception {
    ServerRequest request = exchange.request();
    String method = request.prologue().method().text();
    switch (match) {
      case OperationTable.Match.Page page -> pages.serve(request, exchange.response());
      case OperationTable.Match.UnknownApi unknown -> {
        headers.set(exchange, unknown.alias());
        throw new ApiException(ErrorCode.NOT_FOUND, "There is no such route.");
      }
      case OperationTable.Match.WrongMethod wrong -> {
        headers.set(exchange, wrong.alias());
        String allowed = String.join(", ", wrong.allowed());
        if (!headers.preflight(exchange, method, allowed)) {
          throw ApiException.builder(ErrorCode.METHOD_NOT_ALLOWED).header("Allow", allowed).build();
        }
      }
      case OperationTable.Match.Found found -> {
        headers.set(exchange, found.alias());
        exchange.resolved(found.operation(), found.parameters());
        admit(exchange);
        RestHandler handler = handlers.of(found.operation());
        if (handler == null) {
          throw new ApiException(ErrorCode.NOT_FOUND, "There is no such route.");
        }
        idempotent.serve(exchange, handler);
      }
    }
  }

  private void admit(Exchange exchange) throws Exception {
    Operation operation = exchange.operation();
    if (lifecycle.draining() && operation.beginsWork()) {
      throw new ApiException(ErrorCode.SERVER_SHUTDOWN);
    }
    if (operation.bodySchema() != null) {
      exchange.body(operation.planBody() ? bodies.readPlan(exchange.request(), () -> takeLarge(exchange)) : bodies.read(exchange.request()));
    }
    if (operation.fileBody()) {
      exchange.file(bodies.readFile(exchange.request()));
    }
    if (exchange.bodyRead() || !exchange.request().content().hasEntity()) {
      connections.received();
    }
    authenticate(exchange);
    if (operation.limited()) {
      limit(exchange);
    }
    requireIds(exchange);
    if (operation.bodySchema() != null) {
      validate(exchange);
    }
  }

  /** A body beyond the usual limit is read for those only who may send it, and few at a time. */
  private void takeLarge(Exchange exchange) {
    authenticate(exchange);
    exchange.lease(largeBodies.take());
  }

  private void authenticate(Exchange exchange) {
    Optional<String> key =
        Credentials.bearer(exchange.request().headers().first(HeaderNames.AUTHORIZATION).orElse(null));
    String address = ClientAddress.countingKey(exchange.clientAddress());
    Optional<Principal> principal = brake.authenticate(authenticator, key.orElse(null), address);
    exchange.principal(principal.orElse(null));
    Operation.Auth needed = exchange.operation().auth();
    if (needed == Operation.Auth.OPEN) {
      return;
    }
    if (principal.isEmpty()) {
      metrics.authFailure();
      brake.failed(address);
      throw new ApiException(ErrorCode.UNAUTHORIZED);
    }
    if (needed == Operation.Auth.ADMIN && !principal.get().admin()) {
      throw new ApiException(ErrorCode.FORBIDDEN);
    }
  }

  private void limit(Exchange exchange) {
    String address = ClientAddress.countingKey(exchange.clientAddress());
    RateLimiter.Decision decision = authenticator.open() ? limiter.tryAcquire(address)
        : limiter.tryAcquire(address, "id:" + exchange.principal().id());
    if (!decision.allowed()) {
      metrics.rateLimitDrop();
      throw ApiException.builder(ErrorCode.RATE_LIMITED)
          .detail("retryAfterSec", decision.retryAfterSec())
          .detail("limitPerMinute", limiter.perMinute())
          .detail("resetAt", Instant.now().plusSeconds(decision.retryAfterSec()).toString())
          .header("Retry-After", Long.toString(decision.retryAfterSec()))
          .build();
    }
  }

  private static void requireIds(Exchange exchange) {
    String id = exchange.parameter("id");
    if (id != null && !ID.matcher(id).matches()) {
      throw new ApiException(ErrorCode.INVALID_RENDER_ID);
    }
    String jobId = exchange.parameter("jobId");
    if (jobId == null && exchange.operation() == Operation.STREAM_RENDER_EVENTS) {
      jobId = exchange.query("jobId").orElse(null);
    }
    if (jobId != null && !JOB_ID.matcher(jobId).matches()) {
      throw new ApiException(ErrorCode.INVALID_JOB_ID);
    }
  }

  private void validate(Exchange exchange) {
    List<Issue> issues = schemas.check(exchange.operation().bodySchema(), exchange.body());
    if (issues.isEmpty()) {
      return;
    }
    ApiException invalid = Schemas.invalidBody(issues);
    boolean presetIdOnly = issues.stream().allMatch(issue -> issue.path().equals("config.presetId")
        && issue.code().matches("pattern|minLength|maxLength"));
    throw presetIdOnly
        ? ApiException.builder(ErrorCode.INVALID_PRESET_ID).topLevel("issues", issues).build()
        : invalid;
  }

  private InetAddress clientAddress(ServerRequest request) {
    InetAddress peer = request.remotePeer().address() instanceof InetSocketAddress socket
        ? socket.getAddress() : InetAddress.getLoopbackAddress();
    return addresses.of(peer, request.headers().values(FORWARDED), request.headers().values(HeaderNames.X_FORWARDED_FOR));
  }
}
