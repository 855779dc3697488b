package dev.cantora.daemon.http;

/** Serves one operation. Runs on a virtual thread, so it may block. */
@FunctionalInterface
public interface RestHandler {

  /** Answers through the exchange, or throws; whatever is thrown becomes an error of the catalogue. */
  void handle(Exchange exchange) throws Exception;
}
