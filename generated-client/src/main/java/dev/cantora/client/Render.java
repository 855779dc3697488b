package dev.cantora.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.model.RenderMeta;
import dev.cantora.api.model.RenderPatch;
import dev.cantora.api.model.StoredProvenance;
import dev.cantora.api.model.StoredTelemetry;
import dev.cantora.client.api.JamsApi;
import dev.cantora.client.api.RendersApi;
import dev.cantora.client.errors.ConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** A render in the daemon's bank. Each method asks the daemon. */
public final class Render {
  private final RendersApi api;
  private final JamsApi jams;
  private final String id;

  Render(Cantora cantora, String id) {
    this.api = new RendersApi(cantora.transport());
    this.jams = new JamsApi(cantora.transport());
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** The WAV file as it comes; the caller closes the stream. */
  public InputStream audio() {
    return api.getRenderAudio(id).stream();
  }

  /** The audio in a format such as {@code flac} or {@code ogg-opus}; the caller closes the stream. */
  public InputStream audio(String format) {
    return api.getRenderAudioAs(id).query("format", format).stream();
  }

  /**
   * Saves the audio: as FLAC or Opus where the file's name ends in {@code .flac}, {@code .opus} or {@code .ogg}, else the WAV
   * file. What is there is replaced when all of it has come.
   */
  public Render save(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return save(file, name.endsWith(".flac") ? "flac" : name.endsWith(".opus") || name.endsWith(".ogg") ? "ogg-opus" : null);
  }

  /** Saves the audio in a format such as {@code flac}, null for the WAV file. */
  public Render save(Path file, String format) {
    Path target = file.toAbsolutePath();
    try {
      Path partial = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
      try (InputStream audio = format == null ? audio() : audio(format)) {
        Files.copy(audio, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException failed) {
      throw new ConnectionException("could not save render " + id + " to " + file + ": " + failed, failed);
    }
    return this;
  }

  /** The notes of a jam export as a Standard MIDI File; the caller closes the stream. Other renders have none: NotFoundException. */
  public InputStream tapeMidi() {
    return jams.getRenderTape(id).stream();
  }

  public RenderMeta meta() {
    return api.getRenderMeta(id).execute();
  }

  /** The score as it was sung; a live take or jam export has an event log instead. */
  public JsonNode score() {
    return api.getRenderScore(id).execute();
  }

  public StoredTelemetry telemetry() {
    return api.getRenderTelemetry(id).execute();
  }

  public StoredProvenance provenance() {
    return api.getRenderProvenance(id).execute();
  }

  public RenderMeta rename(String name) {
    return api.updateRender(id, new RenderPatch(name, null)).execute().meta();
  }

  public RenderMeta pin(boolean pinned) {
    return api.updateRender(id, new RenderPatch(null, pinned)).execute().meta();
  }

  public void delete() {
    api.deleteRender(id).execute();
  }
}
