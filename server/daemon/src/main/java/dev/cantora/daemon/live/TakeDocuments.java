package dev.cantora.daemon.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.json.Json;
import dev.cantora.engine.LiveConfig;
import java.nio.charset.StandardCharsets;

/**
 * The JSON stored beside a live take (contract, section 8), with a {@code replay} member in the score from which {@link
 * TakeReplay} makes the same audio.
 */
final class TakeDocuments {

  private final FinishedTake take;
  private final ArrayNode eventLog;
  private final ObjectNode replay;
  private final String eventLogHash;

  TakeDocuments(FinishedTake take) {
    this.take = take;
    this.eventLog = EventLogJson.notes(take.logWithinTake());
    this.replay = replayOf(take);
    this.eventLogHash = Sha256.hex(Json.bytes(replay));
  }

  /** Over the replay, which holds samples instead of wall-clock times: the same playing has the same hash. */
  String eventLogHash() {
    return eventLogHash;
  }

  int eventCount() {
    return eventLog.size();
  }

  ObjectNode score() {
    ObjectNode score = Json.object().put("live", true).put("durationSec", take.take().durationSec());
    score.set("eventLog", eventLog);
    score.set("replay", replay);
    return score;
  }

  ObjectNode config() {
    return Json.object().put("presetId", take.presetId()).put("maxPolyphony", take.settings().maxPolyphony())
        .put("blockSize", take.blockSize()).put("rngSeed", take.settings().rngSeed())
        .put("sampleRateHz", take.take().sampleRateHz()).put("channels", take.take().channels()).put("mode", "live");
  }

  ObjectNode telemetry() {
    Take audio = take.take();
    ObjectNode telemetry = Json.object().put("maxAbsDelta", audio.maxDelta() * audio.gain());
    if (audio.peak() > 0) {
      telemetry.put("peakDbfs", 20 * Math.log10(audio.peak()));
    } else {
      telemetry.putNull("peakDbfs");
    }
    return telemetry.put("durationSec", audio.durationSec()).put("renderTimeMs", 0).put("rtf", 0)
        .put("voicesMax", audio.voicesMax()).put("mode", "live");
  }

  ObjectNode provenance(String commit, String wavHash) {
    ObjectNode provenance = Json.object().put("commit", commit).put("scoreHash", eventLogHash).put("wavHash", wavHash);
    provenance.set("config", config());
    return provenance.put("presetId", take.presetId()).put("presetHash", take.instrument().contentHash())
        .put("eventLogHash", eventLogHash).put("eventCount", eventCount());
  }

  private static ObjectNode replayOf(FinishedTake take) {
    LiveConfig settings = take.settings();
    ObjectNode replay = Json.object().put("version", 1).put("presetId", take.instrument().presetId())
        .put("contentHash", take.instrument().contentHash()).put("sampleRateHz", settings.sampleRateHz())
        .put("channels", settings.channels()).put("maxPolyphony", settings.maxPolyphony())
        .put("rngSeed", settings.rngSeed()).put("defaultTimbre", settings.defaultTimbre())
        .put("blockSize", take.blockSize()).put("startSample", take.take().startSample())
        .put("samples", take.take().frames());
    replay.set("events", EventLogJson.all(take.log()));
    return replay;
  }

  /** Length of all documents as the budget counts them, in bytes. */
  long estimatedBytes() {
    return Json.bytes(score()).length + Json.bytes(config()).length + Json.bytes(telemetry()).length
        + Json.text(provenance("0".repeat(40), "0".repeat(64))).getBytes(StandardCharsets.UTF_8).length;
  }
}
