package dev.cantora.daemon.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.Operation;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.telemetry.Tracing;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One request and its answer, as a handler sees them: checked, authenticated, validated. Used by one thread. */
public final class Exchange {
  private final ServerRequest request;
  private final ServerResponse response;
  private final String requestId;
  private final InetAddress clientAddress;
  private final ConnectionWatch connections;
  private final Tracing.Request trace;
  private Operation operation;
  private Map<String, String> parameters = Map.of();
  private Principal principal;
  private JsonNode body;
  private byte[] file;
  private LargeBodies.Lease lease;
  private final Map<String, String> ownHeaders = new LinkedHashMap<>();
  private Consumer<AnswerStore.Answer> onAnswer = answer -> { };

  Exchange(ServerRequest request, ServerResponse response, String requestId, InetAddress clientAddress,
      ConnectionWatch connections, Tracing.Request trace) {
    this.request = request;
    this.response = response;
    this.requestId = requestId;
    this.clientAddress = clientAddress;
    this.connections = connections;
    this.trace = trace;
  }

  void resolved(Operation operation, Map<String, String> parameters) {
    this.operation = operation;
    this.parameters = parameters;
  }

  void principal(Principal principal) {
    this.principal = principal;
  }

  void body(JsonNode body) {
    this.body = body;
  }

  void lease(LargeBodies.Lease taken) {
    this.lease = taken;
  }

  /** A large body's place is given back at the end of what is done with it, of which the request need not wait for the end. */
  public void holdBodyUntil(CompletableFuture<?> end) {
    if (lease != null) {
      lease.until(end);
    }
  }

  /** The request is over. */
  void release() {
    if (lease != null) {
      lease.answered();
    }
  }

  /** Where this request's longer steps are told. */
  public Tracing.Request trace() {
    return trace;
  }

  /** The id in the X-Request-Id header, the error envelope and every log line of this request. */
  public String requestId() {
    return requestId;
  }

  /** The client's address, behind trusted proxies. */
  public InetAddress clientAddress() {
    return clientAddress;
  }

  public Operation operation() {
    return operation;
  }

  /** Who is asking; {@link Principal#ANONYMOUS} in open mode, null on open operations when no valid key came along. */
  public Principal principal() {
    return principal;
  }

  /** The body, valid against the operation's schema; null for operations without one. */
  public JsonNode body() {
    return body;
  }

  void file(byte[] file) {
    this.file = file;
  }

  boolean bodyRead() {
    return body != null || file != null;
  }

  /** The body as it came, for operations whose body is a file. */
  public byte[] file() {
    return file;
  }

  /** A path parameter, decoded; ids were checked against their pattern already. */
  public String parameter(String name) {
    return parameters.get(name);
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) {
    return request.query().contains(name) ? Optional.of(request.query().get(name)) : Optional.empty();
  }

  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /** Sets a header of the answer. */
  public Exchange setHeader(String name, String value) {
    response.header(HeaderValues.create(name, value));
    ownHeaders.put(name, value);
    return this;
  }

  /** Answers 200 with a tree, map or record as JSON. */
  public void json(Object value) {
    json(200, value);
  }

  public void json(int status, Object value) {
    bytes(status, "application/json; charset=utf-8", Json.bytes(value));
  }

  /** Answers with a whole body. */
  public void bytes(int status, String contentType, byte[] body) {
    onAnswer.accept(new AnswerStore.Answer(status, contentType, body, Map.copyOf(ownHeaders)));
    response.status(Status.create(status));
    response.headers().set(HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType));
    WholeAnswer.send(response, body);
  }

  /** Tells of a whole answer before it is sent, so that it is known even if the client has left. */
  void onAnswer(Consumer<AnswerStore.Answer> listener) {
    onAnswer = listener;
  }

  /** Runs the action, on another thread, when the client closes its connection before the answer is sent. */
  public void onDisconnect(Runnable action) {
    connections.onDisconnect(action);
  }

  /** For what is not covered here, such as streams. */
  public ServerRequest request() {
    return request;
  }

  /** For what is not covered here, such as streams. */
  public ServerResponse response() {
    return response;
  }
}
