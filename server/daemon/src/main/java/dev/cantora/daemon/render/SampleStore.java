package dev.cantora.daemon.render;

import dev.cantora.daemon.bank.Draft;
import dev.cantora.engine.PcmSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Keeps a render's samples until its peak is known, then scales, encodes and passes them on. The first part stays in memory,
 * what exceeds {@link #MEMORY_SAMPLES} goes to a temporary file, so memory does not grow with the length of a score.
 */
public final class SampleStore implements PcmSink, AutoCloseable {
  /** 24 MiB: two minutes of mono. */
  static final int MEMORY_SAMPLES = 6 << 20;

  private static final int CHUNK_SAMPLES = 1 << 16;
  private static final int BUFFERS = 3;

  private final List<float[]> chunks = new ArrayList<>();
  private final int channels;
  private int lastChunkFill = CHUNK_SAMPLES;
  private FileChannel spill;
  private ByteBuffer spillBuffer;

  public SampleStore(int channels) {
    this.channels = channels;
  }

  @Override
  public void accept(float[] interleaved, int frames) throws IOException {
    int count = frames * channels;
    int done = 0;
    while (done < count) {
      if (lastChunkFill == CHUNK_SAMPLES) {
        if (chunks.size() == MEMORY_SAMPLES / CHUNK_SAMPLES) {
          spill(interleaved, done, count - done);
          return;
        }
        chunks.add(new float[CHUNK_SAMPLES]);
        lastChunkFill = 0;
      }
      int n = Math.min(count - done, CHUNK_SAMPLES - lastChunkFill);
      System.arraycopy(interleaved, done, chunks.getLast(), lastChunkFill, n);
      lastChunkFill += n;
      done += n;
    }
  }

  private void spill(float[] samples, int from, int count) throws IOException {
    if (spill == null) {
      Path file = Files.createTempFile("cantora-", ".f32");
      spill = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
      spillBuffer = buffer();
    }
    int done = 0;
    while (done < count) {
      int n = Math.min(count - done, CHUNK_SAMPLES);
      spillBuffer.clear().limit(4 * n);
      spillBuffer.asFloatBuffer().put(samples, from + done, n);
      while (spillBuffer.hasRemaining()) {
        spill.write(spillBuffer);
      }
      done += n;
    }
  }

  /** On the heap: hashing a direct buffer copies it in small pieces, which takes twice as long as the hash itself. */
  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(4 * CHUNK_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Encodes everything as little-endian float. Each sample is divided by the peak rather than multiplied by its inverse, so
   * that the peak comes out as exactly 1.
   *
   * @param peak greatest magnitude; 1 leaves the samples alone
   */
  public void writeTo(Draft draft, float peak) throws IOException {
    ByteBuffer[] buffers = new ByteBuffer[BUFFERS];
    CompletableFuture<?>[] pending = new CompletableFuture<?>[BUFFERS];
    int turn = 0;
    for (int i = 0; i < chunks.size(); i++) {
      turn = (turn + 1) % BUFFERS;
      ByteBuffer out = ready(buffers, pending, turn);
      int n = i == chunks.size() - 1 ? lastChunkFill : CHUNK_SAMPLES;
      scale(chunks.get(i), n, peak);
      out.limit(4 * n);
      out.asFloatBuffer().put(chunks.get(i), 0, n);
      chunks.set(i, null);
      pending[turn] = draft.audio(out);
    }
    writeSpilled(draft, peak, buffers, pending, turn);
    for (CompletableFuture<?> rest : pending) {
      await(rest);
    }
  }

  private void writeSpilled(Draft draft, float peak, ByteBuffer[] buffers, CompletableFuture<?>[] pending, int last)
      throws IOException {
    if (spill == null) {
      return;
    }
    float[] samples = new float[CHUNK_SAMPLES];
    int turn = last;
    spill.position(0);
    while (spill.position() < spill.size()) {
      turn = (turn + 1) % BUFFERS;
      ByteBuffer out = ready(buffers, pending, turn);
      while (out.hasRemaining() && spill.read(out) >= 0) {
        // until the buffer is full or the file ends
      }
      out.flip();
      FloatBuffer floats = out.asFloatBuffer();
      int n = floats.remaining();
      floats.get(samples, 0, n);
      scale(samples, n, peak);
      floats.rewind().put(samples, 0, n);
      pending[turn] = draft.audio(out);
    }
  }

  private static ByteBuffer ready(ByteBuffer[] buffers, CompletableFuture<?>[] pending, int turn) throws IOException {
    await(pending[turn]);
    if (buffers[turn] == null) {
      buffers[turn] = buffer();
    }
    return buffers[turn].clear();
  }

  private static void await(CompletableFuture<?> pending) throws IOException {
    if (pending == null) {
      return;
    }
    try {
      pending.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException known ? known : failed;
    }
  }

  private static void scale(float[] samples, int count, float peak) {
    if (peak != 1f) {
      for (int i = 0; i < count; i++) {
        samples[i] /= peak;
      }
    }
  }

  @Override
  public void close() throws IOException {
    chunks.clear();
    if (spill != null) {
      spill.close();
    }
  }
}
