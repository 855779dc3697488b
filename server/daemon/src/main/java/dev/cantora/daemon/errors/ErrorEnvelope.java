package dev.cantora.daemon.errors;

import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON form of an {@link ApiException}. */
public final class ErrorEnvelope {
  private ErrorEnvelope() {}

  /** Members in the order of the documentation; values are JSON-friendly. */
  public static Map<String, Object> of(ApiException error, String requestId) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("ok", false);
    envelope.put("code", error.code().name());
    envelope.put("message", error.getMessage());
    envelope.put("hint", error.hint());
    envelope.put("requestId", requestId);
    envelope.putAll(error.topLevel());
    switch (error.code()) {
      // older cockpits show `error || message` for these two
      case UNAUTHORIZED -> envelope.putIfAbsent("error", "Unauthorized");
      case INVALID_BODY -> envelope.putIfAbsent("error", "Invalid request body");
      default -> { }
    }
    if (!error.details().isEmpty()) {
      envelope.put("details", error.details());
    }
    return envelope;
  }
}
