package dev.cantora.client.errors;

/** No answer: the daemon cannot be reached, the connection broke, or the answer made no sense. */
public final class ConnectionException extends CantoraException {
  private static final long serialVersionUID = 1L;

  public ConnectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
