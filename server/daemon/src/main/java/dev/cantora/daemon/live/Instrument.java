package dev.cantora.daemon.live;

import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import java.util.List;

/** A loaded preset that can be played. Immutable, shared by sessions. */
public interface Instrument {

  /** Where instruments come from. */
  @FunctionalInterface
  interface Library {

    /**
     * Loads a preset, or finds it loaded. May take time.
     *
     * @throws dev.cantora.daemon.errors.ApiException PRESET_NOT_FOUND and the codes of broken presets
     */
    Instrument load(String presetId);
  }

  String presetId();

  /** Names of the timbres; the first is the default. Never empty. */
  List<String> timbres();

  /** Rate at which the voice was made. */
  int sampleRateHz();

  /** Changes whenever a byte of the voice changes. */
  String contentHash();

  /** A new pool of singers at sample 0. */
  LiveVoice newVoice(LiveConfig settings);
}
