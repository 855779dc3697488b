package dev.cantora.engine.voice;

/**
 * The measured spectra of one timbre of format 0.1.0 or 0.2.0.
 *
 * @param harmonicsMag linear factor per partial, first partial at index 0
 * @param freqHz ascending axis of the next two
 * @param envelopeDb smooth envelope
 * @param noiseDb noise magnitude on the same scale
 */
public record TimbreSpectra(
    String name, float[] harmonicsMag, float[] freqHz, float[] envelopeDb, float[] noiseDb, VoiceDefaults defaults) {

  static TimbreSpectra read(PresetManifest.Timbre timbre, PresetManifest.Analysis analysis, PresetFolder folder) {
    float[] harmonics = folder.floats(timbre.harmonicsMag());
    float[] axis = folder.floats(timbre.freqHz());
    float[] envelope = folder.floats(timbre.envelopeDb());
    float[] noise = folder.floats(timbre.noiseDb());
    if (harmonics.length != analysis.maxHarmonics()) {
      throw PresetFolder.misshapen(timbre.harmonicsMag(), Integer.toString(analysis.maxHarmonics()), harmonics.length);
    }
    if (axis.length < 2) {
      throw PresetFolder.misshapen(timbre.freqHz(), "at least 2", axis.length);
    }
    if (envelope.length != axis.length) {
      throw PresetFolder.misshapen(timbre.envelopeDb(), Integer.toString(axis.length), envelope.length);
    }
    if (noise.length != axis.length) {
      throw PresetFolder.misshapen(timbre.noiseDb(), Integer.toString(axis.length), noise.length);
    }
    for (int i = 1; i < axis.length; i++) {
      if (!(axis[i] > axis[i - 1])) {
        throw PresetFolder.corrupt(timbre.freqHz(), "is not ascending");
      }
    }
    for (float harmonic : harmonics) {
      if (harmonic < 0) {
        throw PresetFolder.corrupt(timbre.harmonicsMag(), "holds a negative magnitude");
      }
    }
    PresetManifest.Defaults d = timbre.defaults();
    return new TimbreSpectra(timbre.name(), harmonics, axis, envelope, noise,
        new VoiceDefaults(d.hnrDb(), d.breathiness(), d.vibrato()));
  }

  /** Linear interpolation of one of the curves over {@link #freqHz}, ends held (contract section 6). */
  public float at(float[] curve, double hz) {
    if (!(hz > freqHz[0])) {
      return curve[0];
    }
    int last = freqHz.length - 1;
    if (hz >= freqHz[last]) {
      return curve[last];
    }
    int found = java.util.Arrays.binarySearch(freqHz, (float) hz);
    int low = found >= 0 ? Math.min(found, last - 1) : -found - 2;
    float part = (float) ((hz - freqHz[low]) / (freqHz[low + 1] - freqHz[low]));
    return curve[low] + part * (curve[low + 1] - curve[low]);
  }
}
