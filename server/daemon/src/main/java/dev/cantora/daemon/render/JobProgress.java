package dev.cantora.daemon.render;

import dev.cantora.api.model.RenderProgress;
import dev.cantora.engine.RenderMonitor;
import java.util.function.Consumer;

/** Progress of one job, told at most four times a second and at the end. */
public final class JobProgress implements RenderMonitor {
  private static final long INTERVAL_NS = 250_000_000;

  private final RenderJob job;
  private final Consumer<RenderProgress> listener;
  private final long startNs = System.nanoTime();
  private long lastNs = startNs - INTERVAL_NS;

  public JobProgress(RenderJob job, Consumer<RenderProgress> listener) {
    this.job = job;
    this.listener = listener;
  }

  @Override
  public void progress(long blocksRendered, long totalBlocks) {
    long now = System.nanoTime();
    boolean complete = blocksRendered >= totalBlocks;
    if (complete || now - lastNs >= INTERVAL_NS) {
      lastNs = now;
      double fraction = totalBlocks == 0 ? 1 : (double) blocksRendered / totalBlocks;
      listener.accept(new RenderProgress(job.id(), fraction, blocksRendered, totalBlocks, (now - startNs) / 1e6));
    }
  }

  @Override
  public boolean cancelled() {
    return job.cancelled();
  }
}
