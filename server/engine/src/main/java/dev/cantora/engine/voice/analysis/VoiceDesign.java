package dev.cantora.engine.voice.analysis;

/**
 * What to make of a speaker.
 *
 * @param pitchMinHz and pitchMaxHz range of the recordings' pitch
 * @param formantTopHz where formants end: about 5000 for men, 5500 for women
 * @param nominalHz pitch at which harmonics and noise stand in the recordings' proportion and the voice in common level
 * @param formantScale factor on all formants, 1 leaves the speaker as is
 * @param tiltDbPerOctave added above 500 Hz to harmonics
 * @param sharpening how much further formant peaks and valleys stand apart, 0 leaves them
 * @param noiseGainDb added to all noise of consonants
 * @param hnrDb harmonics-to-noise ratio at the default breathiness
 * @param breathiness default, 0..1
 * @param pace speed of transitions against the recordings', 0.5..2
 */
public record VoiceDesign(
    double pitchMinHz,
    double pitchMaxHz,
    double formantTopHz,
    double nominalHz,
    double formantScale,
    double tiltDbPerOctave,
    double sharpening,
    double noiseGainDb,
    double hnrDb,
    double breathiness,
    double pace) {

  /** Five formants of the voice that is made lie below this. */
  double vowelCeilingHz() {
    return formantTopHz * formantScale;
  }
}
