package dev.cantora.daemon.bank;

import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A render in a staging folder. Two chains of tasks follow each other buffer by buffer, one hashing and one writing, so
 * each runs in order while both overlap with whoever makes the next buffer.
 */
final class FolderDraft implements Draft {
  private final FolderBank bank;
  private final Reservation reservation;
  private final Executor io;
  private final Path staging;
  private final FileChannel audio;
  private final WriteProgress progress = new WriteProgress();
  private final MessageDigest digest = Sha256.digest();
  private CompletableFuture<Void> hashed = CompletableFuture.completedFuture(null);
  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
  private long wavBytes;
  private String wavHash;
  private boolean finished;

  FolderDraft(FolderBank bank, Reservation reservation, Path staging, Executor io) {
    this.bank = bank;
    this.reservation = reservation;
    this.staging = staging;
    this.io = io;
    try {
      Files.createDirectory(staging);
      this.audio = DurableFiles.createNew(staging.resolve(FolderLayout.AUDIO));
    } catch (IOException failed) {
      reservation.close();
      bank.deleteQuietly(staging);
      throw bank.unwritable(failed, wavBytes);
    }
  }

  @Override
  public CompletableFuture<Void> audio(ByteBuffer bytes) {
    if (wavHash != null || finished) {
      throw new IllegalStateException("the audio is sealed");
    }
    ByteBuffer toHash = bytes.duplicate();
    ByteBuffer toWrite = bytes.duplicate();
    wavBytes += bytes.remaining();
    hashed = hashed.thenRunAsync(() -> digest.update(toHash), io);
    written = written.thenRunAsync(() -> write(toWrite), io);
    return CompletableFuture.allOf(hashed, written);
  }

  @Override
  public GrowingAudio growing() {
    try {
      return new FolderGrowingAudio(staging.resolve(FolderLayout.AUDIO), progress);
    } catch (IOException failed) {
      throw bank.unwritable(failed, wavBytes);
    }
  }

  private void write(ByteBuffer bytes) {
    int count = bytes.remaining();
    try {
      DurableFiles.writeFully(audio, bytes);
      progress.advance(count);
    } catch (IOException failed) {
      throw bank.unwritable(failed, wavBytes);
    }
  }

  @Override
  public String sealAudio() {
    if (wavHash == null) {
      // the sync starts as soon as the last byte is written; commit() waits for it
      written = written.thenRunAsync(this::syncAudio, io);
      await(hashed);
      wavHash = HexFormat.of().formatHex(digest.digest());
    }
    return wavHash;
  }

  private void syncAudio() {
    try {
      audio.force(true);
      audio.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public RenderMeta commit(NewRender render) {
    sealAudio();
    long charge = Charge.bytes(wavBytes, render.compactDocumentBytes());
    reservation.ensure(charge);
    RenderMeta meta = bank.names().name(render, render.score().storedHash(), wavHash, charge);
    try {
      List<CompletableFuture<Void>> steps = new ArrayList<>(List.of(
          written,
          store(DocumentKind.SCORE, render.score().pretty()),
          store(DocumentKind.CONFIG, render.config().pretty()),
          store(DocumentKind.TELEMETRY, render.telemetry().pretty()),
          store(DocumentKind.PROVENANCE, render.provenance().pretty()),
          store(DocumentKind.META, StoredJson.pretty(meta))));
      // files are synced at the same time: the file system turns that into one commit of its journal instead of six
      // all end before the first failure is told, else one would still write into a folder that is being deleted
      CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new)).exceptionally(failed -> null).join();
      steps.forEach(this::await);
      DurableFiles.syncFolder(staging);
      bank.publish(staging, meta, charge, reservation);
      finished = true;
      progress.end();
      return meta;
    } catch (IOException failed) {
      throw bank.unwritable(failed, wavBytes);
    } finally {
      bank.names().settled(meta);
    }
  }

  private CompletableFuture<Void> store(DocumentKind kind, byte[] content) {
    return CompletableFuture.runAsync(() -> {
      try {
        DurableFiles.writeNew(staging.resolve(kind.fileName()), content);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }, io);
  }

  private void await(CompletableFuture<Void> step) {
    try {
      step.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof UncheckedIOException io) {
        throw bank.unwritable(io.getCause(), wavBytes);
      }
      if (failed.getCause() instanceof ApiException known) {
        throw known;
      }
      throw failed;
    }
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    finished = true;
    progress.fail();
    CompletableFuture.allOf(hashed, written).exceptionally(failed -> null).join();
    try {
      audio.close();
    } catch (IOException harmless) {
      // the file is deleted next
    }
    bank.deleteQuietly(staging);
    reservation.close();
  }
}
