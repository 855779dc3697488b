package dev.cantora.engine.voice.reference;

import dev.cantora.engine.performance.articulation.Articulator;
import dev.cantora.engine.performance.articulation.LinePhoneme;
import dev.cantora.engine.performance.articulation.LiveArticulator;
import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.SpectralGrid;
import dev.cantora.engine.voice.TimbreSpectra;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.VoiceDefaults;
import java.util.List;
import java.util.Map;

/**
 * A voice of format 0.1.0 or 0.2.0. Its spectra are those of the files, but for one factor over the whole voice that
 * brings its loudest timbre to the level all voices share: an RMS of {@value #NOMINAL_RMS} at {@value #NOMINAL_F0_HZ} Hz.
 */
public final class ReferenceVoice implements Voice {

  private static final double NOMINAL_RMS = 0.1;
  private static final double NOMINAL_F0_HZ = 220;
  private static final int POINTS = 1025;
  private static final double SPACING_HZ = 24000.0 / 1024;

  private final String id;
  private final PresetManifest manifest;
  private final String contentHash;
  private final SpectralGrid grid;
  private final List<String> timbres;
  private final List<VoiceDefaults> defaults;
  private final Map<String, float[]> vowels;
  final float[][] envelopes;
  final float[][] partialGains;
  final float[][] breaths;

  /** @param spectra of the manifest's timbres, in its order */
  public ReferenceVoice(String id, PresetManifest manifest, List<TimbreSpectra> spectra, String contentHash) {
    this.id = id;
    this.manifest = manifest;
    this.contentHash = contentHash;
    this.grid = new SpectralGrid(POINTS, SPACING_HZ, manifest.analysis().maxHarmonics(), SpectralFrame.SILENCE);
    this.timbres = spectra.stream().map(TimbreSpectra::name).toList();
    this.defaults = spectra.stream().map(TimbreSpectra::defaults).toList();
    this.vowels = VowelBlends.over(timbres);
    double loudest = spectra.stream().mapToDouble(ReferenceVoice::rms).max().orElseThrow();
    double scale = loudest > 0 ? NOMINAL_RMS / loudest : 1;
    envelopes = spectra.stream().map(s -> envelope(s, scale)).toArray(float[][]::new);
    partialGains = spectra.stream().map(s -> s.harmonicsMag().clone()).toArray(float[][]::new);
    breaths = spectra.stream().map(s -> breath(s, scale)).toArray(float[][]::new);
  }

  /** RMS of the harmonics at the nominal pitch, before scaling: each sine of amplitude a adds a^2/2. */
  private static double rms(TimbreSpectra spectra) {
    double power = 0;
    for (int k = 1; k <= spectra.harmonicsMag().length && k * NOMINAL_F0_HZ < 24000; k++) {
      double gain = spectra.harmonicsMag()[k - 1]
          * StrictMath.pow(10, spectra.at(spectra.envelopeDb(), k * NOMINAL_F0_HZ) / 20);
      power += gain * gain / 2;
    }
    return Math.sqrt(power);
  }

  private static float[] envelope(TimbreSpectra spectra, double scale) {
    float[] envelope = new float[POINTS];
    double offset = log2(scale);
    for (int i = 0; i < POINTS; i++) {
      double value = spectra.at(spectra.envelopeDb(), i * SPACING_HZ) / 20 * log2(10) + offset;
      envelope[i] = (float) Math.max(SpectralFrame.SILENCE, value);
    }
    return envelope;
  }

  /**
   * Breath at breathiness 1, coloured like noiseDb. Its level follows from hnrDb: at the timbre's default breathiness
   * the noise lies hnrDb below the harmonics.
   */
  private static float[] breath(TimbreSpectra spectra, double scale) {
    double[] power = new double[NoiseBands.COUNT];
    double total = 0;
    for (int band = 0; band < power.length; band++) {
      double low = NoiseBands.edgeHz(band);
      double high = NoiseBands.edgeHz(band + 1);
      int steps = (int) Math.ceil((high - low) / SPACING_HZ);
      for (int i = 0; i < steps; i++) {
        double hz = low + (i + 0.5) * (high - low) / steps;
        power[band] += StrictMath.pow(10, spectra.at(spectra.noiseDb(), hz) / 10) * (high - low) / steps;
      }
      total += power[band];
    }
    double atDefault = rms(spectra) * scale * StrictMath.pow(10, -spectra.defaults().hnrDb() / 20);
    double atFull = atDefault / Math.max(0.05, spectra.defaults().breathiness());
    float[] breath = new float[NoiseBands.COUNT];
    for (int band = 0; band < breath.length; band++) {
      double rms = total > 0 ? atFull * Math.sqrt(power[band] / total) : 0;
      breath[band] = rms > 0 ? (float) Math.max(SpectralFrame.SILENCE, log2(rms)) : SpectralFrame.SILENCE;
    }
    return breath;
  }

  private static double log2(double value) {
    return StrictMath.log(value) / StrictMath.log(2);
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
    return grid;
  }

  @Override
  public VoiceDefaults defaults(String timbre) {
    return defaults.get(Math.max(0, timbres.indexOf(timbre)));
  }

  /** Weight per timbre of a vowel, or null when the symbol is none. */
  float[] vowel(String symbol) {
    return vowels.get(symbol);
  }

  @Override
  public Articulator articulate(List<LinePhoneme> line) {
    var mouth = new ReferenceMouth(this, Math.max(1, line.size()));
    for (LinePhoneme phoneme : line) {
      mouth.add(phoneme.symbol(), phoneme.startSec(), phoneme.endSec(), (float) phoneme.strength());
    }
    return mouth;
  }

  @Override
  public LiveArticulator articulateLive() {
    return new ReferenceLiveMouth(this);
  }
}
