package dev.cantora.engine.rendering;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads all renders share, one per core. A task is one chunk of one render; a render queues its next chunk behind
 * those of the others, so long renders do not hold up short ones.
 */
public final class RenderPool implements AutoCloseable {

  private final ThreadPoolExecutor threads;

  /** @param size number of threads, at least 1 */
  public RenderPool(int size) {
    threads = new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Thread.ofPlatform()
        .name("cantora-render-", 0).daemon(true).priority(Thread.MIN_PRIORITY).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  int size() {
    return threads.getCorePoolSize();
  }

  void execute(Runnable chunk) {
    threads.execute(chunk);
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
