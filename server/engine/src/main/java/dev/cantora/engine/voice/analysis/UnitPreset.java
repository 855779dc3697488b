package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.PresetWriter;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.TimbreSpectra;
import dev.cantora.engine.voice.VoiceDefaults;
import dev.cantora.engine.voice.units.BankAxis;
import dev.cantora.engine.voice.units.PhoneClass;
import dev.cantora.engine.voice.units.UnitBank;
import dev.cantora.engine.voice.units.UnitBankCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A unit bank as a preset of format 0.3.0: beside the bank the spectra of three held vowels as format 0.2.0 has them, for
 * whoever only reads that, and the formants that every held vowel aims at.
 */
public final class UnitPreset {

  /** Names of the timbres and the vowels they are. */
  private static final List<String> TIMBRES = List.of("AH", "EE", "OO");
  private static final List<String> TIMBRE_PHONES = List.of("AA", "IY", "UW");
  private static final int POINTS = 1025;
  private static final float TOP_HZ = 24000;
  private static final int HARMONICS = 80;
  private static final double DB = 20 * StrictMath.log10(2);
  private static final Vibrato VIBRATO = new Vibrato(5.5, 35, 0.22);

  private UnitPreset() {}

  /**
   * Writes manifest and assets.
   *
   * @return the assets hash
   */
  public static String write(Path folder, String id, VoiceDesign design, UnitBank bank) throws IOException {
    List<TimbreSpectra> spectra = new ArrayList<>();
    for (int i = 0; i < TIMBRES.size(); i++) {
      spectra.add(spectra(TIMBRES.get(i), bank, bank.targetFrame(bank.phone(TIMBRE_PHONES.get(i))), design));
    }
    var units = new PresetManifest.Units("assets/units.bin", design.pace(), TIMBRE_PHONES,
        vowels(bank, design.vowelCeilingHz()), design.vowelCeilingHz());
    return PresetWriter.write(folder, id, "0.3.0",
        new PresetManifest.Analysis(0, 1000 * UnitBank.HOP_SEC, "yin", HARMONICS, "pitch_synchronous_harmonics",
            "between_harmonics", 0), 48000, spectra, Map.of(),
        new PresetWriter.Inventory(units, UnitBankCodec.encode(bank)));
  }

  /** Formants of the monophthongs' target frames. */
  static List<PresetManifest.Vowel> vowels(UnitBank bank, double ceilingHz) {
    List<PresetManifest.Vowel> vowels = new ArrayList<>();
    float[] envelope = new float[BankAxis.GRID_POINTS];
    float[] tracked = new float[UnitBank.FORMANTS];
    for (String phone : bank.phones()) {
      int frame = bank.targetFrame(bank.phone(phone));
      if (PhoneClass.of(phone) == PhoneClass.MONOPHTHONG && frame >= 0) {
        bank.envelope(frame, envelope);
        for (int i = 0; i < tracked.length; i++) {
          tracked[i] = bank.formantHz(frame, i);
        }
        vowels.add(new PresetManifest.Vowel(phone, VowelFormants.of(envelope, ceilingHz, tracked)));
      }
    }
    return vowels;
  }

  private static TimbreSpectra spectra(String timbre, UnitBank bank, int frame, VoiceDesign design) {
    float[] log2 = new float[BankAxis.GRID_POINTS];
    bank.envelope(frame, log2);
    float[] axis = new float[POINTS];
    float[] envelope = new float[POINTS];
    float[] noise = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      axis[i] = TOP_HZ * i / (POINTS - 1);
      double at = Math.min(axis[i] / BankAxis.SPACING_HZ, log2.length - 1.0);
      int low = Math.min((int) at, log2.length - 2);
      double value = log2[low] + (at - low) * (log2[low + 1] - log2[low]);
      envelope[i] = (float) (DB * Math.max(SpectralFrame.SILENCE, value));
      noise[i] = (float) (envelope[i] - design.hnrDb());
    }
    float[] harmonics = new float[HARMONICS];
    Arrays.fill(harmonics, 1f);
    return new TimbreSpectra(timbre, harmonics, axis, envelope, noise,
        new VoiceDefaults(design.hnrDb(), design.breathiness(), VIBRATO));
  }
}
