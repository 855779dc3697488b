package dev.cantora.daemon.http;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.ErrorEnvelope;
import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.daemon.json.Json;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes errors, and logs each of them once with the requestId that the client sees. */
final class ErrorResponder {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorResponder.class);
  private static final String JSON = "application/json; charset=utf-8";

  private ErrorResponder() {}

  /** Answers with the envelope, or cuts the connection when the answer has begun already. */
  static ApiException answer(ServerResponse response, String requestId, Throwable thrown) {
    ApiException error = ErrorMapping.map(thrown);
    log(error);
    if (response.isSent()) {
      throw new CloseConnectionException("The answer had begun when " + error.code() + " happened");
    }
    response.status(Status.create(error.httpStatus(), reason(error.httpStatus())));
    for (var name : new io.helidon.http.HeaderName[] {HeaderNames.CONTENT_LENGTH, HeaderNames.ETAG,
        HeaderNames.CONTENT_DISPOSITION, HeaderNames.ACCEPT_RANGES, HeaderNames.LAST_MODIFIED}) {
      response.headers().remove(name);
    }
    response.headers().set(HeaderValues.create(HeaderNames.CONTENT_TYPE, JSON));
    response.headers().set(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
    headers(error).forEach((name, value) -> response.headers().set(HeaderValues.create(name, value)));
    WholeAnswer.send(response, Json.bytes(ErrorEnvelope.of(error, requestId)));
    return error;
  }

  /** Errors that Helidon meets before a request reaches the gate: broken heads, limits, upgrades. */
  static DirectHandlers direct() {
    DirectHandler handler = (request, type, status, headers, message) -> {
      String requestId = RequestIds.of(request.headers().first(RequestIdHeader.NAME).orElse(null));
      ApiException error = ErrorMapping.fromStatus(exactStatus(status.code(), request, message), null);
      LOG.atWarn().addKeyValue("requestId", requestId).addKeyValue("code", error.code())
          .addKeyValue("status", error.httpStatus()).addKeyValue("reason", message).log("request_error");
      ServerResponseHeaders answer = ServerResponseHeaders.create();
      answer.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, JSON));
      answer.set(HeaderValues.create(RequestIdHeader.NAME, requestId));
      answer.set(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
      SecurityHeaders.ALWAYS.forEach((name, value) -> answer.set(HeaderValues.create(name, value)));
      headers(error).forEach((name, value) -> answer.set(HeaderValues.create(name, value)));
      return DirectHandler.TransportResponse.builder()
          .status(Status.create(error.httpStatus(), reason(error.httpStatus())))
          .headers(answer)
          .keepAlive(false)
          .entity(Json.bytes(ErrorEnvelope.of(error, requestId)))
          .build();
    };
    DirectHandlers.Builder all = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      all.addHandler(type, handler);
    }
    return all.build();
  }

  /** Helidon says 400 to some things that have a status of their own. */
  private static int exactStatus(int status, DirectHandler.TransportRequest request, String message) {
    if (status == 500) {
      // the gate answers its own failures, so what Helidon trips over here is a head it could not parse
      return 400;
    }
    if (status != 400) {
      return status;
    }
    return request.headers().contains(HeaderNames.CONTENT_ENCODING) ? 415 : 400;
  }

  private static Map<String, String> headers(ApiException error) {
    Map<String, String> headers = new java.util.LinkedHashMap<>(error.headers());
    switch (error.code()) {
      case UNAUTHORIZED -> headers.putIfAbsent("WWW-Authenticate", "Bearer realm=\"cantora\"");
      // what the client sends next would be the rest of this request
      case REQUEST_TIMEOUT -> headers.putIfAbsent("Connection", "close");
      case SERVER_SHUTDOWN -> headers.putIfAbsent("Retry-After", "5");
      default -> {
        if (error.httpStatus() == 503) {
          headers.putIfAbsent("Retry-After", "1");
        }
      }
    }
    return headers;
  }

  private static String reason(int status) {
    return status == 499 ? "Client Closed Request" : Status.create(status).reasonPhrase();
  }

  private static void log(ApiException error) {
    // a daemon that ends, is busy or speaks another version of HTTP is not broken
    boolean expected = error.code() == ErrorCode.SERVER_SHUTDOWN || error.code() == ErrorCode.HTTP_ERROR;
    var line = error.httpStatus() >= 500 && !expected ? LOG.atError() : LOG.atWarn();
    if (error.getCause() != null) {
      line = line.setCause(error.getCause());
    }
    line.addKeyValue("code", error.code()).addKeyValue("status", error.httpStatus())
        .addKeyValue("reason", error.getMessage()).log("request_error");
  }
}
