package dev.cantora.engine.interchange;

/**
 * How a MIDI file is read.
 *
 * @param bpmOverride tempo in place of the file's own, 20..400, or null
 * @param track index of the only track to read, or null for all merged
 * @param defaultTimbre timbre given to every note, or null
 * @param defaultVelocity velocity of a note whose velocity the file does not say, 0..1
 */
public record MidiOptions(Double bpmOverride, Integer track, String defaultTimbre, double defaultVelocity) {
  public static final MidiOptions DEFAULT = new MidiOptions(null, null, null, 1.0);

  public MidiOptions {
    if (bpmOverride != null && !(bpmOverride >= 20 && bpmOverride <= 400)) {
      throw new IllegalArgumentException("bpm must lie in 20..400, was " + bpmOverride);
    }
    if (!(defaultVelocity >= 0 && defaultVelocity <= 1)) {
      throw new IllegalArgumentException("velocity must lie in 0..1, was " + defaultVelocity);
    }
  }
}
