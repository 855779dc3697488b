package dev.cantora.daemon.http;

import dev.cantora.api.Operation;
import java.util.EnumMap;
import java.util.Map;

/** Which handler serves which operation. Every operation of the API description has exactly one. */
public final class OperationHandlers {
  private final Map<Operation, RestHandler> handlers = new EnumMap<>(Operation.class);

  /** @throws IllegalStateException when the operation is served already */
  public OperationHandlers on(Operation operation, RestHandler handler) {
    if (handlers.putIfAbsent(operation, handler) != null) {
      throw new IllegalStateException(operation + " is registered twice");
    }
    return this;
  }

  RestHandler of(Operation operation) {
    return handlers.get(operation);
  }
}
