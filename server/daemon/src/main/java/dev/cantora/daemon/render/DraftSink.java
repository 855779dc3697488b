package dev.cantora.daemon.render;

import dev.cantora.daemon.bank.Draft;
import dev.cantora.engine.PcmSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Passes samples on as little-endian floats while later ones are still sung, so that hashing and writing cost no time of
 * their own.
 */
final class DraftSink implements PcmSink {
  private static final int BUFFERS = 4;

  private final Draft draft;
  private final int channels;
  private final ByteBuffer[] buffers = new ByteBuffer[BUFFERS];
  private final CompletableFuture<?>[] pending = new CompletableFuture<?>[BUFFERS];
  private int turn;

  DraftSink(Draft draft, int channels) {
    this.draft = draft;
    this.channels = channels;
  }

  @Override
  public void accept(float[] interleaved, int frames) throws IOException {
    int count = frames * channels;
    turn = (turn + 1) % BUFFERS;
    await(pending[turn]);
    if (buffers[turn] == null || buffers[turn].capacity() < 4 * count) {
      buffers[turn] = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    }
    ByteBuffer out = buffers[turn].clear().limit(4 * count);
    out.asFloatBuffer().put(interleaved, 0, count);
    pending[turn] = draft.audio(out);
  }

  /** Waits until everything is hashed and written. */
  void finish() throws IOException {
    for (CompletableFuture<?> each : pending) {
      await(each);
    }
  }

  private static void await(CompletableFuture<?> written) throws IOException {
    if (written == null) {
      return;
    }
    try {
      written.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      throw failed;
    }
  }
}
