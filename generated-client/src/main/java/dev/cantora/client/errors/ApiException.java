package dev.cantora.client.errors;

import dev.cantora.api.ErrorCode;
import java.util.Optional;

/**
 * The daemon refused a request or ended it with an error. Subclasses stand for single codes; an error whose code this
 * version does not know is an {@link UnknownCodeException}.
 */
public abstract class ApiException extends CantoraException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorReport report;

  ApiException(ErrorReport report) {
    super(describe(report), null);
    this.report = report;
  }

  /** All that the daemon said. */
  public ErrorReport report() {
    return report;
  }

  /** The code as sent. */
  public String code() {
    return report.code();
  }

  /** The code, empty for one that this version does not know. */
  public Optional<ErrorCode> errorCode() {
    return ErrorCode.of(report.code());
  }

  /** The next step. */
  public Optional<String> hint() {
    return Optional.ofNullable(report.hint());
  }

  /** The id to quote to the daemon's operator. */
  public Optional<String> requestId() {
    return Optional.ofNullable(report.requestId());
  }

  private static String describe(ErrorReport report) {
    StringBuilder text = new StringBuilder(report.code()).append(": ").append(report.message());
    if (report.hint() != null) {
      text.append(' ').append(report.hint());
    }
    if (report.requestId() != null) {
      text.append(" [requestId ").append(report.requestId()).append(']');
    }
    return text.toString();
  }
}
