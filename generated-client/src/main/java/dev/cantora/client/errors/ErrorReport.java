package dev.cantora.client.errors;

import dev.cantora.api.model.Issue;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a daemon said about an error, over HTTP or on a socket.
 *
 * @param code code of the catalogue, as sent
 * @param httpStatus status of the answer, 0 on sockets
 * @param message what went wrong
 * @param hint the next step, or null
 * @param requestId id to quote to the daemon's operator, or null on sockets
 * @param details further facts, never null
 * @param issues fields that do not fit, never null
 * @param available presets that exist (PRESET_NOT_FOUND), never null
 * @param retryAfter how long the daemon asks to wait, or null
 */
public record ErrorReport(
    String code, int httpStatus, String message, String hint, String requestId, Map<String, Object> details,
    List<Issue> issues, List<String> available, Duration retryAfter) {

  public ErrorReport {
    details = details == null ? Map.of() : java.util.Collections.unmodifiableMap(details);
    issues = issues == null ? List.of() : List.copyOf(issues);
    available = available == null ? List.of() : List.copyOf(available);
  }

  /** A report of a socket's error message. */
  public static ErrorReport ofSocket(String code, String message, String hint, List<Issue> issues) {
    return new ErrorReport(code, 0, message, hint, null, null, issues, null, null);
  }
}
