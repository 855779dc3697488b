package dev.cantora.daemon.bank;

/**
 * What a finished render is filed under.
 *
 * @param lastOf principal whose {@code last} slot it replaces, or null for an id of its own
 * @param name null for the next {@code Untitled-N} (ignored for {@code last})
 * @param createdBy principal id
 * @param commit of the engine
 * @param durationSec of the audio
 * @param summary what lists show
 * @param score the score as sung
 * @param config as asked for, with defaults filled in
 * @param telemetry measured
 * @param provenance hashes and settings
 */
public record NewRender(
    String lastOf,
    String name,
    String createdBy,
    String commit,
    double durationSec,
    RenderMeta.Summary summary,
    Document score,
    Document config,
    Document telemetry,
    Document provenance) {

  /** Bytes of the documents that the budget charges. */
  public long compactDocumentBytes() {
    return score.compactBytes() + config.compactBytes() + telemetry.compactBytes() + provenance.compactBytes();
  }
}
