package dev.cantora.daemon.api;

import dev.cantora.api.Operation;
import io.helidon.webserver.http.Handler;

/** What happens around every operation, driven by the contract: who may call, what is limited, how errors come out. */
@FunctionalInterface
public interface OperationPipeline {

  Handler around(Operation operation, OperationHandler handler);
}
