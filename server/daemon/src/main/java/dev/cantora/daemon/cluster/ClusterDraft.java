package dev.cantora.daemon.cluster;

import dev.cantora.daemon.bank.BankFaults;
import dev.cantora.daemon.bank.Charge;
import dev.cantora.daemon.bank.NewRender;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.StagedAudio;
import dev.cantora.daemon.bank.StagedDraft;
import dev.cantora.daemon.bank.StoredJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A render being written to the node's disk; committing carries it into the cluster. */
final class ClusterDraft implements StagedDraft {
  private final JetStreamBank bank;
  private final ClusterReservation reservation;
  private final Executor io;
  private final Path file;
  private final StagedAudio audio;
  private boolean finished;

  ClusterDraft(JetStreamBank bank, ClusterReservation reservation, Path file, Executor io) {
    this.bank = bank;
    this.reservation = reservation;
    this.file = file;
    this.io = io;
    try {
      this.audio = new StagedAudio(file, io, false, this::unwritable);
    } catch (IOException failed) {
      reservation.close();
      throw BankFaults.unwritable(failed, bank.budget(), 0);
    }
  }

  private RuntimeException unwritable(IOException failed) {
    return BankFaults.unwritable(failed, bank.budget(), audio.lengthBytes());
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
    RenderMeta meta = bank.names().name(render, reservation.named(), render.score().storedHash(), wavHash, charge);
    try {
      audio.await(audio.written());
      String audioObject = bank.objectName("audio");
      String documents = bank.objectName("docs");
      CompletableFuture<Void> others =
          CompletableFuture.runAsync(() -> bank.objects().put(documents, Documents.pack(render)), io);
      bank.objects().put(audioObject, file);
      audio.await(others);
      bank.cache().adopt(audioObject, file);
      RenderMeta stored = bank.publish(new StoredRender(meta, charge, audioObject, documents, wavHash, reservation.named().id()),
          reservation);
      finished = true;
      audio.kept();
      return stored;
    } finally {
      bank.names().settled(meta);
    }
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    finished = true;
    audio.close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException swept) {
      // at the next start
    }
    reservation.close();
  }

  /** The documents of a render in one object. */
  static final class Documents {
    private Documents() {}

    static byte[] pack(NewRender render) {
      try {
        return StoredJson.compact(java.util.Map.of("score.json", text(render.score().pretty()),
            "config.json", text(render.config().pretty()), "telemetry.json", text(render.telemetry().pretty()),
            "provenance.json", text(render.provenance().pretty())));
      } catch (IOException impossible) {
        throw new java.io.UncheckedIOException(impossible);
      }
    }

    /** @throws IOException when it is not there */
    static byte[] unpack(byte[] packed, String fileName) throws IOException {
      var document = StoredJson.tree(packed).get(fileName);
      if (document == null) {
        throw new IOException("not among the documents");
      }
      return document.asText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
      return new String(utf8, java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
