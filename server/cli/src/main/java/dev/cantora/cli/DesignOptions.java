package dev.cantora.cli;

import dev.cantora.engine.voice.analysis.VoiceDesign;
import picocli.CommandLine.Option;

/** What to make of a speaker; defaults suit a man's voice and leave it as it is. */
final class DesignOptions {
  @Option(names = "--pitch-min", paramLabel = "HZ", defaultValue = "70", description = "lowest pitch recorded, default ${DEFAULT-VALUE}")
  private double pitchMinHz;

  @Option(names = "--pitch-max", paramLabel = "HZ", defaultValue = "300", description = "highest pitch recorded, default ${DEFAULT-VALUE}")
  private double pitchMaxHz;

  @Option(names = "--formant-top", paramLabel = "HZ", defaultValue = "5000",
      description = "below this lie five formants: 5000 for men, 5500 for women, default ${DEFAULT-VALUE}")
  private double formantTopHz;

  @Option(names = "--nominal", paramLabel = "HZ", defaultValue = "130",
      description = "pitch at which the voice is at home, default ${DEFAULT-VALUE}")
  private double nominalHz;

  @Option(names = "--formant-scale", paramLabel = "X", defaultValue = "1",
      description = "factor on all formants; above 1 a smaller head, default ${DEFAULT-VALUE}")
  private double formantScale;

  @Option(names = "--tilt", paramLabel = "DB", defaultValue = "0",
      description = "dB per octave added above 500 Hz, default ${DEFAULT-VALUE}")
  private double tiltDbPerOctave;

  @Option(names = "--sharpen", paramLabel = "X", defaultValue = "0",
      description = "how much further formants stand out, default ${DEFAULT-VALUE}")
  private double sharpening;

  @Option(names = "--noise-gain", paramLabel = "DB", defaultValue = "0",
      description = "added to the noise of consonants, default ${DEFAULT-VALUE}")
  private double noiseGainDb;

  @Option(names = "--hnr", paramLabel = "DB", defaultValue = "24",
      description = "harmonics over breath, default ${DEFAULT-VALUE}")
  private double hnrDb;

  @Option(names = "--breathiness", paramLabel = "0..1", defaultValue = "0.1", description = "default ${DEFAULT-VALUE}")
  private double breathiness;

  @Option(names = "--pace", paramLabel = "X", defaultValue = "1",
      description = "speed of transitions against the recordings', default ${DEFAULT-VALUE}")
  private double pace;

  VoiceDesign design() {
    return new VoiceDesign(pitchMinHz, pitchMaxHz, formantTopHz, nominalHz, formantScale, tiltDbPerOctave, sharpening,
        noiseGainDb, hnrDb, breathiness, pace);
  }
}
