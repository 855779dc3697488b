package dev.cantora.daemon.http;

import dev.cantora.api.Operation;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

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

  /** Operations of the API description that nobody serves. */
  public Set<Operation> missing() {
    Set<Operation> missing = EnumSet.allOf(Operation.class);
    missing.removeAll(handlers.keySet());
    return missing;
  }
}
