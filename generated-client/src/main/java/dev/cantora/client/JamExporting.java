package dev.cantora.client;

import dev.cantora.api.model.JamExported;
import dev.cantora.api.model.JamStem;
import dev.cantora.client.http.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleConsumer;

/** An export of a jam's tape under way. */
public final class JamExporting {

  /**
   * What was exported.
   *
   * @param master what all heard, see {@link Render#tapeMidi} for its notes
   * @param stems by track id, empty unless they were asked for
   */
  public record Exported(Render master, Map<String, Render> stems) {}

  private final Cantora cantora;
  private final Rendering master;
  private final CompletableFuture<List<JamStem>> stems;

  private JamExporting(Cantora cantora, Rendering master, CompletableFuture<List<JamStem>> stems) {
    this.cantora = cantora;
    this.master = master;
    this.stems = stems;
  }

  static JamExporting start(Cantora cantora, String jobId, Call<JamExported> call) {
    CompletableFuture<List<JamStem>> stems = new CompletableFuture<>();
    Rendering master = new Rendering(cantora, jobId, Rendering.started(call, answer -> {
      stems.complete(answer.stems() == null ? List.of() : answer.stems());
      return cantora.render(answer.renderId());
    }));
    return new JamExporting(cantora, master, stems);
  }

  public String jobId() {
    return master.jobId();
  }

  /** As {@link Rendering#onProgress}. */
  public JamExporting onProgress(DoubleConsumer listener) {
    master.onProgress(listener);
    return this;
  }

  /**
   * Waits for the export.
   *
   * @throws dev.cantora.client.errors.CantoraException when there is none; NoRecordingException when nothing was ever recorded
   */
  public Exported join() {
    Render done = master.join();
    Map<String, Render> byTrack = new LinkedHashMap<>();
    stems.join().forEach(stem -> byTrack.put(stem.trackId(), cantora.render(stem.renderId())));
    return new Exported(done, byTrack);
  }

  /** Ends the job; {@link #join} then throws. */
  public void cancel() {
    master.cancel();
  }
}
