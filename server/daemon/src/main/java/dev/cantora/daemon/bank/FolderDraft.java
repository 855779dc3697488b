package dev.cantora.daemon.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A render in a staging folder. */
final class FolderDraft implements Draft {
  private final FolderBank bank;
  private final LedgerReservation reservation;
  private final Executor io;
  private final Path staging;
  private final StagedAudio audio;
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
  public CompletableFuture<Void> audio(ByteBuffer bytes) {
    return audio.append(bytes);
  }

  @Override
  public GrowingAudio growing() {
    return audio.growing();
  }

  @Override
  public String sealAudio() {
    return audio.seal();
  }

  @Override
  public RenderMeta commit(NewRender render) {
    String wavHash = sealAudio();
    long charge = Charge.bytes(audio.lengthBytes(), render.compactDocumentBytes());
    reservation.ensure(charge);
    RenderMeta meta = bank.names().name(render, render.score().storedHash(), wavHash, charge);
    try {
      List<CompletableFuture<Void>> steps = new ArrayList<>(List.of(
          audio.written(),
          store(DocumentKind.SCORE, render.score().pretty()),
          store(DocumentKind.CONFIG, render.config().pretty()),
          store(DocumentKind.TELEMETRY, render.telemetry().pretty()),
          store(DocumentKind.PROVENANCE, render.provenance().pretty()),
          store(DocumentKind.META, StoredJson.pretty(meta))));
      // files are synced at the same time: the file system turns that into one commit of its journal instead of six
      // all end before the first failure is told, else one would still write into a folder that is being deleted
      CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new)).exceptionally(failed -> null).join();
      steps.forEach(audio::await);
      DurableFiles.syncFolder(staging);
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

  private CompletableFuture<Void> store(DocumentKind kind, byte[] content) {
    return CompletableFuture.runAsync(() -> {
      try {
        DurableFiles.writeNew(staging.resolve(kind.fileName()), content);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }, io);
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    finished = true;
    audio.close();
    bank.deleteQuietly(staging);
    reservation.close();
  }
}
