package dev.cantora.daemon.jam.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.model.Provenance;
import dev.cantora.api.model.ProvenanceConfig;
import dev.cantora.api.model.RenderOutcome;
import dev.cantora.api.model.RenderTelemetry;
import dev.cantora.daemon.jam.tape.EventTape;
import dev.cantora.daemon.jam.tape.TapeEvent;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.json.Json;
import dev.cantora.engine.audio.SampleMeter;
import java.util.HashSet;
import java.util.Set;

/**
 * What is filed with an export, and what its job reports (contract, section 9).
 *
 * @param score the tape as it is stored
 */
record TapeDocuments(EventTape tape, int channels, String commit, ObjectNode score, double renderMs) {

  private static final int SHORT_HASH = 8;

  ObjectNode config() {
    return Json.object().put("sampleRateHz", tape.sampleRateHz()).put("blockSize", tape.blockSize())
        .put("bpm", tape.bpm()).put("seed", tape.seed()).put("channels", channels).put("mode", "jam");
  }

  /** @param peak by which the samples were divided */
  RenderTelemetry telemetry(SampleMeter level, float peak) {
    double durationSec = (double) level.frames() / tape.sampleRateHz();
    double endSec = tape.events().isEmpty() ? 0 : (double) tape.events().getLast().tSample() / tape.sampleRateHz();
    Double peakDbfs = level.peak() > 0 ? Double.valueOf(20 * Math.log10(level.peak())) : null;
    return new RenderTelemetry(level.maxDelta() / peak, level.maxDeltaFrame(),
        (double) level.maxDeltaFrame() / tape.sampleRateHz(), level.frames(), level.frames() / tape.blockSize(), durationSec,
        endSec, endSec, durationSec - endSec, renderMs, renderMs / 1000 / durationSec, peakDbfs, voicesMax());
  }

  ObjectNode provenance(String scoreHash, String wavHash) {
    return Json.object().put("commit", commit).put("scoreHash", scoreHash.substring(0, SHORT_HASH))
        .put("wavHash", wavHash.substring(0, SHORT_HASH)).put("eventCount", tape.events().size());
  }

  RenderOutcome outcome(SampleMeter level, float peak, String scoreHash, String wavHash) {
    RenderTelemetry telemetry = telemetry(level, peak);
    TapeTrack first = tape.tracks().isEmpty() ? null : tape.tracks().getFirst();
    String presetId = first == null ? "" : first.presetId();
    String timbre = first == null || first.defaultTimbre() == null ? "" : first.defaultTimbre();
    int polyphony = tape.tracks().stream().mapToInt(TapeTrack::polyphonyLimit).sum();
    return new RenderOutcome(telemetry.durationSec(), telemetry, new Provenance(commit, scoreHash, wavHash,
        ProvenanceConfig.builder().sampleRateHz(tape.sampleRateHz()).blockSize(tape.blockSize())
            .presetPath(presetId + "/voicepreset.json").deterministic(ProvenanceConfig.Deterministic.EXACT)
            .rngSeed(tape.seed()).defaultTimbre(timbre).maxPolyphony(polyphony).channels(channels)
            .normalize(ProvenanceConfig.Normalize.PEAK).build(), presetId, null), null, null);
  }

  private int voicesMax() {
    Set<String> sounding = new HashSet<>();
    int most = 0;
    for (TapeEvent event : tape.events()) {
      switch (event.payload()) {
        case TapeEvent.NoteOn on -> sounding.add(event.trackId() + '/' + on.note().noteId());
        case TapeEvent.NoteOff off -> sounding.remove(event.trackId() + '/' + off.noteId());
        case TapeEvent.Panic panic -> sounding.removeIf(note -> note.startsWith(event.trackId() + '/'));
        case TapeEvent.TrackRemoved gone -> sounding.removeIf(note -> note.startsWith(event.trackId() + '/'));
        default -> { }
      }
      most = Math.max(most, sounding.size());
    }
    return most;
  }
}
