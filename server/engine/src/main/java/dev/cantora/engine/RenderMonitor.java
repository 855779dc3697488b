package dev.cantora.engine;

/** Watches a render: progress out, cancellation in. Called between blocks from the rendering thread. */
public interface RenderMonitor {

  RenderMonitor NONE = new RenderMonitor() {};

  default void progress(long blocksRendered, long totalBlocks) {}

  /** True ends the render within one block with {@link EngineException.Fault#RENDER_CANCELLED}. */
  default boolean cancelled() {
    return false;
  }
}
