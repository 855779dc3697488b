package dev.cantora.daemon.operations;

import dev.cantora.api.model.Budget;
import dev.cantora.api.model.ClusterState;
import java.util.List;
import java.util.Optional;

/** What other parts of the daemon tell about themselves. Calls are cheap and never block. */
public interface ServiceState {

  /** Renders waiting and running. */
  int queueDepth();

  /** Whether a render is running. */
  boolean renderInFlight();

  /** Ids of the presets, sorted; empty when they cannot be listed. */
  List<String> presets();

  /** The render store's budget as the wire has it. */
  Budget budget();

  int liveSessions();

  int jamSessions();

  /** Of a node; empty for a daemon on its own. */
  default Optional<ClusterState> cluster() {
    return Optional.empty();
  }

  /** Before the parts exist. */
  ServiceState EMPTY = new ServiceState() {
    @Override
    public int queueDepth() {
      return 0;
    }

    @Override
    public boolean renderInFlight() {
      return false;
    }

    @Override
    public List<String> presets() {
      return List.of();
    }

    @Override
    public Budget budget() {
      return new Budget(1, 1, 0, 1, 0.0);
    }

    @Override
    public int liveSessions() {
      return 0;
    }

    @Override
    public int jamSessions() {
      return 0;
    }
  };
}
