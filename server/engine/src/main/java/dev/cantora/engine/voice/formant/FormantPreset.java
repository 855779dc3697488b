package dev.cantora.engine.voice.formant;

import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.PresetWriter;
import dev.cantora.engine.voice.TimbreSpectra;
import dev.cantora.engine.voice.VoiceDefaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A preset of format 0.2.0 computed from formants: three vowels on the reference's axis of 1025 points to 24 kHz.
 *
 * @param id folder name
 * @param vowels AH, EE and OO
 * @param cornerHz above which the glottal source falls
 * @param tiltDbPerOctave by how much
 * @param breathiness default, 0..1
 */
public record FormantPreset(
    String id, List<FormantVowel> vowels, double cornerHz, double tiltDbPerOctave, double breathiness) {

  private static final int POINTS = 1025;
  private static final float TOP_HZ = 24000;
  private static final int HARMONICS = 80;
  private static final double HNR_DB = 18;
  private static final double FLOOR_DB = -100;

  /**
   * Writes manifest and assets.
   *
   * @return the assets hash
   */
  public String write(Path folder) throws IOException {
    List<TimbreSpectra> timbres = new ArrayList<>();
    for (FormantVowel vowel : vowels) {
      timbres.add(spectra(vowel));
    }
    return PresetWriter.write(folder, id, "0.2.0",
        new PresetManifest.Analysis(0, 0, "none", HARMONICS, "formant_cascade", "envelope_offset", 2048), 48000, timbres,
        Map.of(), null);
  }

  private TimbreSpectra spectra(FormantVowel vowel) {
    float[] axis = new float[POINTS];
    float[] envelope = new float[POINTS];
    float[] noise = new float[POINTS];
    double peak = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < POINTS; i++) {
      axis[i] = TOP_HZ * i / (POINTS - 1);
      envelope[i] = (float) vowel.levelDb(axis[i], cornerHz, tiltDbPerOctave);
      peak = Math.max(peak, envelope[i]);
    }
    for (int i = 0; i < POINTS; i++) {
      envelope[i] = (float) Math.max(FLOOR_DB, envelope[i] - peak);
      noise[i] = (float) Math.max(FLOOR_DB, envelope[i] - HNR_DB);
    }
    float[] harmonics = new float[HARMONICS];
    Arrays.fill(harmonics, 1f);
    return new TimbreSpectra(vowel.timbre(), harmonics, axis, envelope, noise,
        new VoiceDefaults(HNR_DB, breathiness, new Vibrato(5.8, 35, 0.22)));
  }
}
