package dev.cantora.daemon.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** One operation of the contract. */
@FunctionalInterface
public interface OperationHandler {

  /** Answers the request, or throws what the error mapping turns into the envelope. */
  void handle(ServerRequest request, ServerResponse response) throws Exception;
}
