package dev.cantora.daemon.bank;

import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The audio of a draft on its way to a file. Two chains of tasks follow each other buffer by buffer, one hashing and one
 * writing, so each runs in order while both overlap with whoever makes the next buffer. A third has the disk take in what is
 * written, a few MiB at a time: when the last buffer is written little is left to wait for. For one thread.
 */
public final class StagedAudio implements AutoCloseable {
  /** So much is synced at once, unless the disk is still busy with what came before. */
  private static final int SYNC_BYTES = 2 << 20;

  private final Path file;
  private final Executor io;
  private final boolean durable;
  private final Function<IOException, RuntimeException> unwritable;
  private final FileChannel channel;
  private final WriteProgress progress = new WriteProgress();
  private final MessageDigest digest = Sha256.digest();
  private CompletableFuture<Void> hashed = CompletableFuture.completedFuture(null);
  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
  /** Set by the chain that writes. */
  private CompletableFuture<Void> synced = CompletableFuture.completedFuture(null);
  private long lengthBytes;
  private long unsyncedBytes;
  private String wavHash;
  private boolean ended;

  /**
   * @param file new
   * @param durable whether it is synced when it is sealed
   * @param unwritable what a failure to write becomes
   */
  public StagedAudio(Path file, Executor io, boolean durable, Function<IOException, RuntimeException> unwritable) throws IOException {
    this.file = file;
    this.io = io;
    this.durable = durable;
    this.unwritable = unwritable;
    this.channel = DurableFiles.createNew(file);
  }

  /** See {@link Draft#audio}. */
  public CompletableFuture<Void> append(ByteBuffer bytes) {
    if (wavHash != null || ended) {
      throw new IllegalStateException("the audio is sealed");
    }
    ByteBuffer toHash = bytes.duplicate();
    ByteBuffer toWrite = bytes.duplicate();
    lengthBytes += bytes.remaining();
    hashed = hashed.thenRunAsync(() -> digest.update(toHash), io);
    written = written.thenRunAsync(() -> write(toWrite), io);
    return CompletableFuture.allOf(hashed, written);
  }

  private void write(ByteBuffer bytes) {
    int count = bytes.remaining();
    try {
      DurableFiles.writeFully(channel, bytes);
      progress.advance(count);
      unsyncedBytes += count;
      if (durable && unsyncedBytes >= SYNC_BYTES && synced.isDone()) {
        synced = synced.thenRunAsync(this::sync, io);
        unsyncedBytes = 0;
      }
    } catch (IOException failed) {
      throw unwritable.apply(failed);
    }
  }

  private void sync() {
    try {
      channel.force(false);
    } catch (IOException failed) {
      throw unwritable.apply(failed);
    }
  }

  /** Bytes appended so far. */
  public long lengthBytes() {
    return lengthBytes;
  }

  /** See {@link Draft#growing}. */
  public GrowingAudio growing() {
    try {
      return new FolderGrowingAudio(file, progress);
    } catch (IOException failed) {
      throw unwritable.apply(failed);
    }
  }

  /** See {@link Draft#sealAudio}. */
  public String seal() {
    if (wavHash == null) {
      // the sync starts as soon as the last byte is written; whoever awaits written() waits for it
      written = written.thenCompose(all -> synced).thenRunAsync(this::finish, io);
      await(hashed);
      wavHash = HexFormat.of().formatHex(digest.digest());
    }
    return wavHash;
  }

  private void finish() {
    try {
      if (durable) {
        channel.force(true);
      }
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Done when everything sealed is in the file. */
  public CompletableFuture<Void> written() {
    return written;
  }

  /** Waits for one of the steps of a draft and says what went wrong in the bank's words. */
  public void await(CompletableFuture<Void> step) {
    try {
      step.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof UncheckedIOException disk) {
        throw unwritable.apply(disk.getCause());
      }
      if (failed.getCause() instanceof ApiException known) {
        throw known;
      }
      throw failed;
    }
  }

  /** The draft became a render: readers come to the end. */
  public void kept() {
    ended = true;
    progress.end();
  }

  /** Ends the writing; unless it was {@link #kept}, readers fail. The file stays. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    progress.fail();
    CompletableFuture.allOf(hashed, written).exceptionally(failed -> null).join();
    synced.exceptionally(failed -> null).join();
    try {
      channel.close();
    } catch (IOException harmless) {
      // nobody needs the file
    }
  }
}
