package dev.cantora.engine.rendering;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.PcmSink;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.RenderStats;
import dev.cantora.engine.performance.LineSource;
import dev.cantora.engine.synthesis.SynthesisTables;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One render in progress: chunks dealt out to workers, collected in order by the thread that asked. */
final class ScoreRender {

  /**
   * 341 ms at 48 kHz: short enough for an early first sound, and long enough that threads seldom wake each other: with half of
   * it 60 s in 4 voices took a sixth longer on two cores.
   */
  static final int CHUNK_FRAMES = 16384;
  /** How long the collecting thread waits before it looks again whether the render was cancelled. */
  private static final long PATIENCE_MS = 10;

  private final RenderPlan plan;
  private final RenderPool pool;
  private final long chunks;
  private final LineSource[] performers;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  /** Held while control points are written; a lock of its own, so that collecting never waits for it. */
  private final ReentrantLock performing = new ReentrantLock();
  private final ArrayDeque<RenderWorker> idle = new ArrayDeque<>();
  private final ArrayDeque<Chunk> free = new ArrayDeque<>();
  private final Chunk[] finished;
  private long nextChunk;
  private int working;
  private Throwable failure;
  private volatile boolean stopped;

  ScoreRender(RenderPlan plan, SynthesisTables tables, RenderPool pool) {
    this.plan = plan;
    this.pool = pool;
    chunks = (plan.frames() + CHUNK_FRAMES - 1) / CHUNK_FRAMES;
    int workers = (int) Math.max(1, Math.min(pool.size(), chunks));
    for (int i = 0; i < workers; i++) {
      idle.add(new RenderWorker(plan, tables));
    }
    performers = idle.getFirst().performers();
    finished = new Chunk[2 * workers + 1];
    for (int i = 0; i < finished.length; i++) {
      free.add(new Chunk(plan.config().channels(), CHUNK_FRAMES));
    }
  }

  RenderStats run(RenderMonitor monitor, PcmSink sink) throws IOException {
    OutputMeter meter = new OutputMeter(plan.config().channels());
    int blockSize = plan.config().blockSize();
    try {
      for (long i = 0; i < chunks; i++) {
        Chunk chunk = await(i, monitor);
        meter.add(chunk);
        sink.accept(chunk.samples(), chunk.frames);
        monitor.progress(meter.frames() / blockSize, plan.frames() / blockSize);
        lock.lock();
        try {
          free.add(chunk);
          wakeWorkers();
        } finally {
          lock.unlock();
        }
      }
    } finally {
      stop();
    }
    return new RenderStats(plan.frames(), plan.sampleRateHz(), plan.config().channels(), plan.frames() / blockSize,
        meter.peak(), meter.maxAbsDelta(), meter.maxDeltaFrame(), plan.voicesMax());
  }

  private Chunk await(long index, RenderMonitor monitor) {
    int slot = (int) (index % finished.length);
    lock.lock();
    try {
      while (true) {
        if (failure instanceof EngineException known) {
          throw known;
        }
        if (failure != null) {
          throw new IllegalStateException("a render thread failed", failure);
        }
        if (monitor.cancelled()) {
          throw new EngineException(Fault.RENDER_CANCELLED, "The render was cancelled.");
        }
        if (finished[slot] != null) {
          Chunk chunk = finished[slot];
          finished[slot] = null;
          return chunk;
        }
        wakeWorkers();
        changed.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Fault.RENDER_CANCELLED, "The rendering thread was interrupted.");
    } finally {
      lock.unlock();
    }
  }

  /** Puts idle workers on the pool while there is something to do; the lock is held. */
  private void wakeWorkers() {
    while (!stopped && failure == null && !idle.isEmpty() && working < free.size() && nextChunk + working < chunks) {
      working++;
      queue(idle.poll());
    }
  }

  /** Puts a worker at the back of the pool's queue; the lock is held. A pool that was closed ends the render. */
  private void queue(RenderWorker worker) {
    try {
      pool.execute(() -> work(worker));
    } catch (RejectedExecutionException closed) {
      failure = new EngineException(Fault.RENDER_CANCELLED, "The engine was closed.");
      working--;
      idle.add(worker);
    }
  }

  /** One chunk, then the back of the queue. */
  private void work(RenderWorker worker) {
    boolean again = false;
    try {
      worker.prepare();
      again = chunk(worker);
    } catch (Throwable e) {
      lock.lock();
      failure = e;
      lock.unlock();
    } finally {
      lock.lock();
      try {
        if (again && !stopped) {
          queue(worker);
        } else {
          working--;
          idle.add(worker);
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean chunk(RenderWorker worker) {
    Chunk chunk;
    long index;
    long from;
    performing.lock();
    try {
      lock.lock();
      try {
        if (stopped || nextChunk == chunks || free.isEmpty()) {
          return false;
        }
        chunk = free.poll();
        index = nextChunk++;
      } finally {
        lock.unlock();
      }
      from = index * CHUNK_FRAMES;
      chunk.clear((int) Math.min(CHUNK_FRAMES, plan.frames() - from));
      worker.perform(performers, from, from + chunk.frames);
    } finally {
      performing.unlock();
    }
    worker.sing(from, chunk, () -> stopped);
    lock.lock();
    try {
      finished[(int) (index % finished.length)] = chunk;
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** Ends the render and waits until no worker touches it any more. */
  private void stop() {
    stopped = true;
    lock.lock();
    try {
      while (working > 0) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
