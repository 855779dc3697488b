package dev.cantora.daemon.live;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import java.util.List;

/** {@link ToneVoice}s under any preset id but {@code missing}; {@code loud} drives the limiter, {@code failing} breaks. */
record ToneInstrument(String presetId) implements Instrument {

  static final Library LIBRARY = presetId -> {
    if (presetId.equals("missing")) {
      throw ApiException.builder(ErrorCode.PRESET_NOT_FOUND).detail("presetId", presetId)
          .topLevel("available", List.of("default-voice")).build();
    }
    return new ToneInstrument(presetId);
  };

  @Override
  public List<String> timbres() {
    return presetId.equals("other") ? List.of("UU", "AH") : List.of("AH", "EE", "OO");
  }

  @Override
  public int sampleRateHz() {
    return 48000;
  }

  @Override
  public String contentHash() {
    return "sha256:" + presetId;
  }

  @Override
  public LiveVoice newVoice(LiveConfig settings) {
    return new ToneVoice(settings, switch (presetId) {
      case "loud" -> 2f;
      case "failing" -> Float.NaN;
      default -> 0.2f;
    });
  }
}
