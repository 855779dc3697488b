package dev.cantora.engine.voice;

import dev.cantora.engine.score.Vibrato;
import java.util.List;

/**
 * A checked {@code voicepreset.json}. Paths are relative to the preset's folder, as written.
 *
 * @param version strict semantic version, one of {@link #SUPPORTED_VERSIONS}
 * @param id what the author called it; never a key, the folder name is
 * @param sampleRateHz of the recordings it was made from, above 0
 * @param analysis how it was made
 * @param timbres in manifest order, at least one
 * @param assetsHash declared hash of the assets, or null when there is no integrity block
 * @param units format 0.3.0 and later: the inventory of diphones, or null
 */
public record PresetManifest(
    String version,
    String id,
    int sampleRateHz,
    Analysis analysis,
    List<Timbre> timbres,
    String assetsHash,
    Units units) {

  public static final String SCHEMA = "mcp-voice-engine.voicepreset";
  public static final String FILE_NAME = "voicepreset.json";

  /** Formats this engine reads, oldest first. */
  public static final List<String> SUPPORTED_VERSIONS = List.of("0.1.0", "0.2.0", "0.3.0");

  public PresetManifest {
    timbres = List.copyOf(timbres);
  }

  /**
   * How the spectra were measured; only {@code maxHarmonics} matters when playing.
   *
   * @param maxHarmonics length of each harmonicsMag asset, 1..1024
   */
  public record Analysis(
      double frameMs, double hopMs, String f0Method, int maxHarmonics, String envelopeMethod, String noiseMethod, int fftSize) {}

  /** One vowel colour of the preset and its four spectra. */
  public record Timbre(
      String name, String kind, String harmonicsMag, String envelopeDb, String noiseDb, String freqHz, Defaults defaults) {

    List<String> assets() {
      return List.of(harmonicsMag, envelopeDb, noiseDb, freqHz);
    }
  }

  /** @param hnrDb harmonics-to-noise ratio @param breathiness 0..1 @param vibrato for notes that state none */
  public record Defaults(double hnrDb, double breathiness, Vibrato vibrato) {}

  /**
   * The unit inventory of format 0.3.0.
   *
   * @param asset path of the unit bank
   * @param pace speed of transitions against the recordings', 0.5..2
   * @param timbrePhones phone of the bank that each timbre is, in the order of {@link #timbres}
   * @param vowels stated formants of the vowels that are held
   * @param vowelCeilingHz frequency below which they are the five formants, 0 when not stated
   */
  public record Units(String asset, double pace, List<String> timbrePhones, List<Vowel> vowels, double vowelCeilingHz) {
    public Units {
      timbrePhones = List.copyOf(timbrePhones);
      vowels = List.copyOf(vowels);
    }
  }

  /** Formants that a held vowel aims at, F1 first. @param phone ARPAbet */
  public record Vowel(String phone, List<Double> formantsHz) {
    public Vowel {
      formantsHz = List.copyOf(formantsHz);
    }
  }

  /** Every asset path named, in manifest order, repeats included. */
  List<String> assetPaths() {
    var paths = new java.util.ArrayList<String>();
    timbres.forEach(timbre -> paths.addAll(timbre.assets()));
    if (units != null) {
      paths.add(units.asset());
    }
    return paths;
  }
}
