package dev.cantora.engine.voice.units;

import dev.cantora.engine.performance.articulation.Articulator;
import dev.cantora.engine.performance.articulation.LinePhoneme;
import dev.cantora.engine.performance.articulation.LiveArticulator;
import dev.cantora.engine.performance.articulation.UnitSinger;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.SpectralGrid;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.VoiceDefaults;
import java.util.List;

/** A voice of format 0.3.0: sings words from its {@link UnitBank}; its timbres are vowels of that bank. */
public final class UnitVoice implements Voice {

  /** RMS of harmonics that a bank's open vowel has at the voice's nominal pitch. */
  public static final double NOMINAL_RMS = 0.1;
  private static final double LEAST_BREATHINESS = 0.05;

  private final String id;
  private final PresetManifest manifest;
  private final UnitBank bank;
  private final List<String> timbres;
  private final List<VoiceDefaults> defaults;
  private final String contentHash;
  private final UnitSinger singer;

  /**
   * @param timbrePhones phone of each of the manifest's timbres in the bank
   */
  public UnitVoice(String id, PresetManifest manifest, UnitBank bank, int[] timbrePhones, String contentHash) {
    this.id = id;
    this.manifest = manifest;
    this.bank = bank;
    this.contentHash = contentHash;
    this.timbres = manifest.timbres().stream().map(PresetManifest.Timbre::name).toList();
    this.defaults = manifest.timbres().stream()
        .map(t -> new VoiceDefaults(t.defaults().hnrDb(), t.defaults().breathiness(), t.defaults().vibrato())).toList();
    VoiceDefaults usual = defaults.getFirst();
    double breathRms = NOMINAL_RMS * StrictMath.pow(10, -usual.hnrDb() / 20) / Math.max(LEAST_BREATHINESS, usual.breathiness());
    this.singer = new UnitSinger(bank, timbrePhones, manifest.units().pace(), breathRms);
  }

  /** The inventory, for inspection. */
  public UnitBank bank() {
    return bank;
  }

  /** What the preset states of its inventory, for inspection. */
  public PresetManifest.Units stated() {
    return manifest.units();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String version() {
    return manifest.version();
  }

  @Override
  public int sampleRateHz() {
    return manifest.sampleRateHz();
  }

  @Override
  public List<String> timbres() {
    return timbres;
  }

  @Override
  public String contentHash() {
    return contentHash;
  }

  @Override
  public SpectralGrid grid() {
    return bank.grid();
  }

  @Override
  public VoiceDefaults defaults(String timbre) {
    return defaults.get(Math.max(0, timbres.indexOf(timbre)));
  }

  @Override
  public Articulator articulate(List<LinePhoneme> line) {
    return singer.articulate(line);
  }

  @Override
  public LiveArticulator articulateLive() {
    return singer.articulateLive();
  }
}
