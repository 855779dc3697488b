package dev.cantora.daemon.presets;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Voices that are not in this daemon's folder. Thread-safe. */
public interface PresetSource {

  /** There are none. */
  PresetSource NONE = new PresetSource() {
    @Override
    public List<String> ids() {
      return List.of();
    }

    @Override
    public Optional<Path> fetch(String id) {
      return Optional.empty();
    }
  };

  /** Without a call to anywhere. */
  List<String> ids();

  /**
   * Brings a voice to the local disk, unless it is there already.
   *
   * @return a folder of presets in which it is; empty when there is no such voice
   */
  Optional<Path> fetch(String id);
}
