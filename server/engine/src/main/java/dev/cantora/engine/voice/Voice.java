package dev.cantora.engine.voice;

import dev.cantora.engine.performance.articulation.Articulator;
import dev.cantora.engine.performance.articulation.LinePhoneme;
import dev.cantora.engine.performance.articulation.LiveArticulator;
import java.util.List;

/** A loaded, verified voice. Immutable and shared by all renders and sessions. */
public interface Voice {

  /** Folder name of the preset, the only key it has. */
  String id();

  /** Manifest version, one of {@code 0.1.0}, {@code 0.2.0}, {@code 0.3.0}. */
  String version();

  int sampleRateHz();

  /** Names in manifest order; the first is the default. Never empty. */
  List<String> timbres();

  /** {@code sha256:...} over manifest and assets, as computed on loading; changes whenever a byte of the voice changes. */
  String contentHash();

  /** Axes of the spectral frames this voice fills. */
  SpectralGrid grid();

  /** What the voice does when nobody says otherwise. */
  VoiceDefaults defaults(String timbre);

  /** A mouth for one line of a score. */
  Articulator articulate(List<LinePhoneme> line);

  /** A mouth for one live voice slot. */
  LiveArticulator articulateLive();
}
