package dev.cantora.daemon;

import dev.cantora.api.model.Budget;
import dev.cantora.api.model.ClusterState;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.cluster.ClusterNode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.jam.JamEndpoint;
import dev.cantora.daemon.live.LiveEndpoint;
import dev.cantora.daemon.operations.ServiceState;
import dev.cantora.daemon.presets.PresetCatalogue;
import dev.cantora.daemon.render.RenderDesk;
import java.util.List;
import java.util.Optional;

/** What the running parts tell the health routes. */
final class RunningState implements ServiceState {
  private final PresetCatalogue presets;
  private final Bank bank;
  private final RenderDesk desk;
  private final LiveEndpoint live;
  private final JamEndpoint jam;
  private final ClusterNode node;

  /** @param node null for a daemon on its own */
  RunningState(PresetCatalogue presets, Bank bank, RenderDesk desk, LiveEndpoint live, JamEndpoint jam, ClusterNode node) {
    this.presets = presets;
    this.bank = bank;
    this.desk = desk;
    this.live = live;
    this.jam = jam;
    this.node = node;
  }

  @Override
  public int queueDepth() {
    return desk.depth();
  }

  @Override
  public boolean renderInFlight() {
    return desk.inFlight();
  }

  @Override
  public List<String> presets() {
    try {
      return presets.ids();
    } catch (ApiException unreadable) {
      return List.of();
    }
  }

  @Override
  public Budget budget() {
    if (bank.failing().isPresent()) {
      return ServiceState.EMPTY.budget();
    }
    var budget = bank.budget();
    return new Budget(budget.perRenderBudgetBytes(), budget.storeBudgetBytes(), budget.usedBytes(), budget.freeBytes(),
        budget.utilizationFraction());
  }

  @Override
  public int liveSessions() {
    return live.activeSessions();
  }

  @Override
  public int jamSessions() {
    return jam.sessions();
  }

  @Override
  public Optional<ClusterState> cluster() {
    return Optional.ofNullable(node).map(ClusterNode::state);
  }
}
