package dev.cantora.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.model.ErrorEnvelope;
import dev.cantora.client.errors.ApiException;
import dev.cantora.client.errors.ApiExceptions;
import dev.cantora.client.errors.ErrorReport;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;

/** Turns answers with an error status into exceptions. */
final class Envelopes {
  private Envelopes() {}

  static ApiException exception(int status, HttpHeaders headers, byte[] body) {
    String requestId = headers.firstValue("X-Request-Id").orElse(null);
    Duration retryAfter = headers.firstValue("Retry-After").map(Envelopes::seconds).orElse(null);
    ErrorEnvelope envelope = read(body);
    if (envelope == null) {
      return ApiExceptions.of(new ErrorReport("HTTP_" + status, status, "The answer has status " + status + " and no error"
          + " of Cantora's; something between client and daemon may have sent it.", null, requestId, null, null, null, retryAfter));
    }
    return ApiExceptions.of(new ErrorReport(envelope.code(), status, envelope.message(), envelope.hint(),
        envelope.requestId(), envelope.details(), envelope.issues(), envelope.available(), retryAfter));
  }

  private static ErrorEnvelope read(byte[] body) {
    try {
      JsonNode tree = Transport.json().readTree(body);
      boolean envelope = tree != null && tree.hasNonNull("code") && tree.hasNonNull("message") && tree.hasNonNull("requestId");
      return envelope ? Transport.json().treeToValue(tree, ErrorEnvelope.class) : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  private static Duration seconds(String header) {
    try {
      return Duration.ofSeconds(Long.parseLong(header.strip()));
    } catch (NumberFormatException date) {
      return null;
    }
  }
}
