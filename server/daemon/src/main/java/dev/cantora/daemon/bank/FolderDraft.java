package dev.cantora.daemon.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** A render in a staging folder. */
final class FolderDraft implements StagedDraft {
  private final FolderBank bank;
  private final LedgerReservation reservation;
  private final Executor io;
  private final Path staging;
  private final StagedAudio audio;
  /** Documents that were or are being stored. */
  private final Map<DocumentKind, CompletableFuture<Void>> stored = new ConcurrentHashMap<>();
  private boolean finished;

  FolderDraft(FolderBank bank, LedgerReservation reservation, Path staging, Executor io) {
    this.bank = bank;
    this.reservation = reservation;
    this.staging = staging;
    this.io = io;
    try {
      Files.createDirectory(staging);
      this.audio = new StagedAudio(staging.resolve(FolderLayout.AUDIO), io, true, this::unwritable);
    } catch (IOException failed) {
      reservation.close();
      bank.deleteQuietly(staging);
      throw bank.unwritable(failed, 0);
    }
  }

  private RuntimeException unwritable(IOException failed) {
    return bank.unwritable(failed, audio.lengthBytes());
  }

  @Override
  public StagedAudio staged() {
    return audio;
  }

  @Override
  public RenderMeta commit(NewRender render) {
    String wavHash = sealAudio();
    long charge = Charge.bytes(audio.lengthBytes(), render.compactDocumentBytes());
    reservation.ensure(charge);
    RenderMeta meta = bank.names().name(render, render.score().storedHash(), wavHash, charge);
    try {
      store(DocumentKind.SCORE, render.score().pretty());
      store(DocumentKind.CONFIG, render.config().pretty());
      store(DocumentKind.TELEMETRY, render.telemetry().pretty());
      store(DocumentKind.PROVENANCE, render.provenance().pretty());
      store(DocumentKind.META, StoredJson.pretty(meta));
      // files and the folder that names them are synced at the same time: the file system turns that into one commit of its
      // journal instead of seven
      CompletableFuture<Void> names = CompletableFuture.runAsync(this::syncFolder, io);
      List<CompletableFuture<Void>> steps = new ArrayList<>(stored.values());
      steps.add(audio.written());
      steps.add(names);
      // all end before the first failure is told, else one would still write into a folder that is being deleted
      settled(steps);
      steps.forEach(audio::await);
      bank.publish(staging, meta, charge, reservation);
      finished = true;
      audio.kept();
      return meta;
    } catch (IOException failed) {
      throw unwritable(failed);
    } finally {
      bank.names().settled(meta);
    }
  }

  @Override
  public void early(DocumentKind kind, Document document) {
    store(kind, document.pretty());
  }

  /** Names the file at once and fills it behind the caller's back. What was stored early stays. */
  private void store(DocumentKind kind, byte[] content) {
    stored.computeIfAbsent(kind, missing -> {
      try {
        FileChannel file = DurableFiles.createNew(staging.resolve(missing.fileName()));
        return CompletableFuture.runAsync(() -> fill(file, content), io);
      } catch (IOException failed) {
        return CompletableFuture.failedFuture(new UncheckedIOException(failed));
      }
    });
  }

  private static void fill(FileChannel file, byte[] content) {
    try (file) {
      DurableFiles.fill(file, content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void syncFolder() {
    try {
      DurableFiles.syncFolder(staging);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void settled(List<CompletableFuture<Void>> steps) {
    CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new)).exceptionally(failed -> null).join();
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    finished = true;
    audio.close();
    settled(List.copyOf(stored.values()));
    bank.deleteQuietly(staging);
    reservation.close();
  }
}
