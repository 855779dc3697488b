package dev.cantora.daemon.http;

/** A part of the daemon that serves operations. */
@FunctionalInterface
public interface Capability {

  /** Registers a handler for each operation that this part serves. */
  void register(OperationHandlers handlers);
}
