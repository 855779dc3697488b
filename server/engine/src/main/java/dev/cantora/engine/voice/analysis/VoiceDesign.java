package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.EngineException;
import java.util.Locale;

/**
 * What to make of a speaker.
 *
 * @param pitchMinHz and pitchMaxHz range of the recordings' pitch; what lies outside counts as voiceless
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

  public VoiceDesign {
    within("lowest pitch", pitchMinHz, 30, 1000);
    within("highest pitch", pitchMaxHz, pitchMinHz + 1, 2000);
    within("top of the formants", formantTopHz, 3000, 10000);
    within("nominal pitch", nominalHz, 30, 2000);
    within("factor on formants", formantScale, 0.5, 2);
    within("tilt", tiltDbPerOctave, -24, 24);
    within("sharpening", sharpening, 0, 10);
    within("noise gain", noiseGainDb, -60, 60);
    within("harmonics over breath", hnrDb, -20, 120);
    within("breathiness", breathiness, 0, 1);
    within("pace", pace, 0.5, 2);
  }

  private static void within(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new EngineException(EngineException.Fault.INVALID_BODY,
          String.format(Locale.ROOT, "a %s of %s is outside %s to %s", what, value, least, most));
    }
  }

  /** Five formants of the voice that is made lie below this. */
  double vowelCeilingHz() {
    return Math.rint(formantTopHz * formantScale);
  }
}
