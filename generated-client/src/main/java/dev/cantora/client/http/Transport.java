package dev.cantora.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cantora.api.Operation;
import dev.cantora.client.errors.CantoraException;
import dev.cantora.client.errors.ConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Sends calls to one daemon. Thread-safe. */
public final class Transport {
  private static final String MOUNT = "/api/v1";
  private static final Set<String> REPEATABLE_METHODS = Set.of("GET", "PUT", "DELETE");
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final URI base;
  private final String token;
  private final HttpClient http;
  private final RetryPolicy retries;
  private final Duration timeout;

  /**
   * @param base the daemon's root such as {@code http://localhost:4321}
   * @param token key to send, or null
   * @param timeout longest wait for the head of an answer, renders included
   */
  public Transport(URI base, String token, HttpClient http, RetryPolicy retries, Duration timeout) {
    this.base = URI.create(base.toString().replaceAll("/+$", ""));
    this.token = token;
    this.http = Objects.requireNonNull(http, "http");
    this.retries = Objects.requireNonNull(retries, "retries");
    this.timeout = Objects.requireNonNull(timeout, "timeout");
  }

  /** A call whose answer is of a type: {@code byte[]}, {@code String}, or what Jackson reads. */
  public <T> Call<T> call(Operation operation, Class<T> type) {
    return new Call<>(this, operation, type);
  }

  /** The URI of a WebSocket path, with the key as its token. */
  public URI socketUri(String path) {
    String root = base.toString().replaceFirst("^http", "ws");
    String query = token == null ? "" : "?token=" + java.net.URLEncoder.encode(token, StandardCharsets.UTF_8);
    return URI.create(root + path + query);
  }

  public HttpClient http() {
    return http;
  }

  /** The mapper that reads and writes the wire's JSON. */
  public static ObjectMapper json() {
    return JSON;
  }

  <T> CompletableFuture<Reply<T>> send(Call<?> call, Function<byte[], T> reader) {
    CompletableFuture<Reply<T>> result = new CompletableFuture<>();
    attempt(call, reader, 1, result);
    return result;
  }

  private <T> void attempt(Call<?> call, Function<byte[], T> reader, int attempt, CompletableFuture<Reply<T>> result) {
    if (result.isDone()) {
      return;
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request(call), HttpResponse.BodyHandlers.ofByteArray());
    result.whenComplete((reply, failure) -> exchange.cancel(true));
    exchange.whenComplete((response, thrown) -> {
      try {
        if (thrown != null) {
          throw unreachable(thrown);
        }
        if (response.statusCode() >= 400) {
          throw Envelopes.exception(response.statusCode(), response.headers(), response.body());
        }
        result.complete(new Reply<>(response.statusCode(), response.headers(), reader.apply(response.body())));
      } catch (CantoraException failure) {
        boolean repeatable = REPEATABLE_METHODS.contains(call.operation().method());
        retries.delayAfter(attempt, repeatable, failure).ifPresentOrElse(
            delay -> CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> attempt(call, reader, attempt + 1, result)),
            () -> result.completeExceptionally(failure));
      } catch (RuntimeException unreadable) {
        result.completeExceptionally(unreadable);
      }
    });
  }

  InputStream stream(Call<?> call) {
    HttpResponse<InputStream> response =
        await(http.sendAsync(request(call), HttpResponse.BodyHandlers.ofInputStream()));
    if (response.statusCode() < 400) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw Envelopes.exception(response.statusCode(), response.headers(), body.readAllBytes());
    } catch (IOException broken) {
      throw unreachable(broken);
    }
  }

  HttpRequest request(Call<?> call) {
    Operation operation = call.operation();
    HttpRequest.Builder request = HttpRequest.newBuilder(
        URI.create(base + (operation.prefixed() ? MOUNT : "") + call.target())).timeout(timeout);
    if (call.body() == null) {
      request.method(operation.method(), HttpRequest.BodyPublishers.noBody());
    } else {
      boolean file = call.body() instanceof byte[];
      request.method(operation.method(), HttpRequest.BodyPublishers.ofByteArray(file ? (byte[]) call.body() : write(call.body())));
      request.header("Content-Type", file ? "application/octet-stream" : "application/json");
    }
    if (token != null && operation.auth() != Operation.Auth.OPEN) {
      request.header("Authorization", "Bearer " + token);
    }
    call.headers().forEach(request::header);
    return request.build();
  }

  <T> T read(byte[] body, Class<T> type) {
    if (type == byte[].class) {
      return type.cast(body);
    }
    if (type == String.class) {
      return type.cast(new String(body, StandardCharsets.UTF_8));
    }
    try {
      return JSON.readValue(body, type);
    } catch (IOException unreadable) {
      throw new ConnectionException("the answer of " + base + " is no " + type.getSimpleName(), unreadable);
    }
  }

  private static byte[] write(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException("cannot be written as JSON: " + body.getClass(), unwritable);
    }
  }

  CantoraException unreachable(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException || thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    if (cause instanceof CantoraException known) {
      return known;
    }
    return new ConnectionException("no answer from " + base + ": " + reason(cause), cause);
  }

  /** The JDK's exceptions for refused connections and unknown hosts have no message of their own. */
  private static String reason(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getMessage() == null && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() != null && !deepest.getMessage().isBlank() ? deepest.getMessage()
        : cause instanceof ConnectException ? "the connection was refused" : cause.getClass().getSimpleName();
  }

  /** Waits for a future of this package and throws what it failed with. */
  public static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the daemon");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new ConnectionException("no answer: " + failed.getCause(), failed.getCause());
    }
  }

  /** A future of a part of the value; cancelling it cancels the source. */
  static <S, T> CompletableFuture<T> map(CompletableFuture<S> source, Function<S, T> function) {
    CompletableFuture<T> target = new CompletableFuture<>();
    source.whenComplete((value, failure) -> {
      if (failure != null) {
        target.completeExceptionally(failure);
      } else {
        target.complete(function.apply(value));
      }
    });
    target.whenComplete((value, failure) -> source.cancel(true));
    return target;
  }
}
