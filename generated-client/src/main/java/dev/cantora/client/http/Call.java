package dev.cantora.client.http;

import dev.cantora.api.Operation;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One request to come. Set what is optional, then {@link #execute} it (and wait) or {@link #submit} it. Not thread-safe; may
 * be executed more than once.
 */
public final class Call<T> {
  private final Transport transport;
  private final Operation operation;
  private final Class<T> type;
  private final Map<String, String> path = new LinkedHashMap<>();
  private final Map<String, String> query = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Object body;

  Call(Transport transport, Operation operation, Class<T> type) {
    this.transport = transport;
    this.operation = operation;
    this.type = type;
  }

  public Call<T> path(String name, Object value) {
    path.put(name, encoded(value));
    return this;
  }

  /** @param value null leaves the parameter out */
  public Call<T> query(String name, Object value) {
    return put(query, name, value == null ? null : encoded(value));
  }

  /** @param value null leaves the header out */
  public Call<T> header(String name, Object value) {
    return put(headers, name, value == null ? null : value.toString());
  }

  /** @param body written as JSON; bytes are sent as they are */
  public Call<T> body(Object body) {
    this.body = body;
    return this;
  }

  /**
   * Sends the request and waits for the answer.
   *
   * @throws dev.cantora.client.errors.CantoraException when there is none, or one with an error
   */
  public T execute() {
    return executeForReply().body();
  }

  /** Like {@link #execute}, with status and headers. */
  public Reply<T> executeForReply() {
    return Transport.await(submitForReply());
  }

  /** Sends the request. Cancelling the future ends it; a failure is a {@code CantoraException}. */
  public CompletableFuture<T> submit() {
    return Transport.map(submitForReply(), Reply::body);
  }

  /** Like {@link #submit}, with status and headers. */
  public CompletableFuture<Reply<T>> submitForReply() {
    return transport.send(this, bytes -> transport.read(bytes, type));
  }

  /** Sends the request and hands over the answer's bytes as they come; the caller closes the stream. */
  public InputStream stream() {
    return transport.stream(this);
  }

  Operation operation() {
    return operation;
  }

  Map<String, String> headers() {
    return headers;
  }

  Object body() {
    return body;
  }

  /** Path and query below the mount. */
  String target() {
    String filled = operation.path();
    for (Map.Entry<String, String> parameter : path.entrySet()) {
      filled = filled.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    StringBuilder target = new StringBuilder(filled);
    char separator = '?';
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      target.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
      separator = '&';
    }
    return target.toString();
  }

  private Call<T> put(Map<String, String> map, String name, String value) {
    if (value == null) {
      map.remove(name);
    } else {
      map.put(name, value);
    }
    return this;
  }

  private static String encoded(Object value) {
    return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
