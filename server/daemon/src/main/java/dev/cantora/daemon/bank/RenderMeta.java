package dev.cantora.daemon.bank;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code meta.json}: what lists show of a render. Members this version does not know are kept.
 *
 * @param id unique in the store, {@code last} for the slots
 * @param name shown to people
 * @param createdAt ISO 8601 in UTC with milliseconds
 * @param commit first 7 characters
 * @param scoreHash first 8 hex digits of SHA-256 over the stored score
 * @param wavHash first 8 hex digits of SHA-256 over the audio file
 * @param durationSec of the audio
 * @param createdBy principal id, null in stores of the reference implementation
 * @param pinned true or null
 * @param summary never null
 * @param sizeBytes what the budget is charged; null in stores of the reference implementation
 * @param others unknown members
 */
@JsonInclude(Include.NON_NULL)
@JsonPropertyOrder({"id", "name", "createdAt", "commit", "scoreHash", "wavHash", "durationSec", "createdBy", "pinned",
    "summary", "sizeBytes"})
public record RenderMeta(
    String id,
    String name,
    String createdAt,
    String commit,
    String scoreHash,
    String wavHash,
    double durationSec,
    String createdBy,
    Boolean pinned,
    Summary summary,
    Long sizeBytes,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> others) {

  /**
   * The settings worth showing in a list; members are null when unknown.
   *
   * @param preset id of the voice
   */
  @JsonInclude(Include.NON_NULL)
  public record Summary(
      Integer polyphony, String deterministic, Double bpm, String preset,
      @JsonAnySetter @JsonAnyGetter Map<String, Object> others) {
    public Summary {
      others = others == null ? Map.of() : Map.copyOf(withoutNulls(others));
    }

    public Summary(Integer polyphony, String deterministic, Double bpm, String preset) {
      this(polyphony, deterministic, bpm, preset, Map.of());
    }
  }

  public RenderMeta {
    summary = summary == null ? new Summary(null, null, null, null) : summary;
    others = others == null ? Map.of() : Map.copyOf(withoutNulls(others));
    pinned = Boolean.TRUE.equals(pinned) ? Boolean.TRUE : null;
  }

  public RenderKey key() {
    return id.equals(RenderKey.LAST) ? new RenderKey(id, createdBy) : RenderKey.of(id);
  }

  public boolean hasPin() {
    return pinned != null;
  }

  /** With another name or pin; null leaves it. */
  public RenderMeta with(String newName, Boolean newPinned) {
    return new RenderMeta(id, newName == null ? name : newName, createdAt, commit, scoreHash, wavHash, durationSec,
        createdBy, newPinned == null ? pinned : newPinned, summary, sizeBytes, others);
  }

  RenderMeta withSize(long bytes) {
    return new RenderMeta(id, name, createdAt, commit, scoreHash, wavHash, durationSec, createdBy, pinned, summary, bytes,
        others);
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> map) {
    Map<String, Object> kept = new LinkedHashMap<>(map);
    kept.values().removeIf(value -> value == null);
    return kept;
  }
}
