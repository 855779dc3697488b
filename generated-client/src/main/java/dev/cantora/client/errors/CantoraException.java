package dev.cantora.client.errors;

/** Anything that goes wrong between this client and a daemon. */
public abstract class CantoraException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CantoraException(String message, Throwable cause) {
    super(message, cause);
  }
}
