package dev.cantora.client.errors;

/** An error whose code this version of the client does not know, or an answer without a code at all. */
public final class UnknownCodeException extends ApiException {
  private static final long serialVersionUID = 1L;

  UnknownCodeException(ErrorReport report) {
    super(report);
  }
}
