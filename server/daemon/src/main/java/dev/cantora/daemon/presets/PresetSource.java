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

    @Override
    public Optional<Path> fetch(String id, String contentHash) {
      return Optional.empty();
    }

    @Override
    public void offer(String contentHash, Path voice) {
      // nobody wants it
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

  /**
   * The same for a voice of exactly this content, which the caller has to verify.
   *
   * @param contentHash of the voice as it was when somebody offered it
   */
  Optional<Path> fetch(String id, String contentHash);

  /** Lets others have a voice exactly as it is. @param voice its folder */
  void offer(String contentHash, Path voice);
}
