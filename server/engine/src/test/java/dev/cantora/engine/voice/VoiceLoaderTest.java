package dev.cantora.engine.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.performance.articulation.LinePhoneme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoiceLoaderTest {

  @TempDir Path dir;
  private final List<String> warnings = new ArrayList<>();
  private VoiceLoader loader;
  private Path preset;

  @BeforeEach
  void makePreset() {
    loader = new VoiceLoader(dir, warnings::add);
    preset = ReferencePresets.valid(dir, "small");
  }

  @Test
  void loadsBothReferenceVersionsAndKeepsTheFormulaOfPartials() {
    ReferencePresets.valid(dir, "older", "0.1.0");
    assertThat(loader.load("older").version()).isEqualTo("0.1.0");
    Voice voice = loader.load("small");
    assertThat(voice.timbres()).containsExactly("AH", "EE", "OO");
    assertThat(voice.grid()).isEqualTo(new SpectralGrid(1025, 24000.0 / 1024, 80, SpectralFrame.SILENCE));
    assertThat(warnings).isEmpty();

    var frame = new SpectralFrame(voice.grid());
    voice.articulate(List.of()).at(0, null, frame);
    TimbreSpectra ah = ReferencePresets.timbre("AH");
    float offset = frame.envelope[0] - ah.envelopeDb()[0] / 6.0206f;
    for (int i = 0; i < frame.envelope.length; i++) {
      assertThat(frame.envelope[i]).isCloseTo(ah.envelopeDb()[i] / 6.0206f + offset, org.assertj.core.data.Offset.offset(1e-3f));
    }
  }

  @Test
  void theOldestVersionSoundsAsTheOneAfterIt() {
    ReferencePresets.valid(dir, "older", "0.1.0");
    Voice older = loader.load("older");
    Voice newer = loader.load("small");
    var line = List.of(new LinePhoneme("S", 0, 0.1, 0.5), new LinePhoneme("IY", 0.1, 0.5, 1), new LinePhoneme("M", 0.5, 0.7, 0.2));
    var one = new SpectralFrame(older.grid());
    var other = new SpectralFrame(newer.grid());
    for (double sec : new double[] {0.05, 0.2, 0.49, 0.6}) {
      older.articulate(line).at(sec, null, one);
      newer.articulate(line).at(sec, null, other);
      assertThat(one.envelope).isEqualTo(other.envelope);
      assertThat(one.noise).isEqualTo(other.noise);
      assertThat(one.breath).isEqualTo(other.breath);
    }
  }

  @Test
  void vowelsAreBlendsAndTimbreWeightsReplaceTheirColourButNotConsonants() {
    Voice voice = loader.load("small");
    var line = List.of(new LinePhoneme("S", 0, 0.1, 0.5), new LinePhoneme("IY", 0.1, 1, 1));
    var spoken = new SpectralFrame(voice.grid());
    var forced = new SpectralFrame(voice.grid());
    var bare = new SpectralFrame(voice.grid());
    voice.articulate(List.of()).at(0, new float[] {0, 1, 0}, bare);
    voice.articulate(line).at(0.5, null, spoken);
    assertThat(spoken.envelope).isEqualTo(bare.envelope);
    voice.articulate(line).at(0.5, new float[] {0, 0, 1}, forced);
    assertThat(forced.envelope).isNotEqualTo(spoken.envelope);
    voice.articulate(line).at(0.05, null, spoken);
    voice.articulate(line).at(0.05, new float[] {0, 0, 1}, forced);
    assertThat(spoken.noise).isEqualTo(forced.noise);
    assertThat(spoken.noise[20]).isGreaterThan(-10);
    assertThat(spoken.envelope[40]).isEqualTo(SpectralFrame.SILENCE);
  }

  @Test
  void aLiveSyllableHoldsItsVowelUntilTheEnd() {
    Voice voice = loader.load("small");
    var mouth = voice.articulateLive();
    var frame = new SpectralFrame(voice.grid());
    mouth.begin(List.of("S", "AA", "S"), 1.0);
    mouth.at(1.03, null, frame);
    assertThat(frame.noise[20]).isGreaterThan(-10);
    mouth.at(60, null, frame);
    assertThat(frame.noise[20]).isEqualTo(SpectralFrame.SILENCE);
    assertThat(mouth.end(61)).isGreaterThan(61);
    mouth.at(61.03, null, frame);
    assertThat(frame.noise[20]).isGreaterThan(-10);
  }

  @Test
  void aStubHashLoadsWithOneWarning() {
    ReferencePresets.unverified(preset);
    loader.load("small");
    assertThat(warnings).hasSize(1).first().asString().contains("small");
  }

  @Test
  void contentHashFollowsEveryByte() throws Exception {
    String before = loader.load("small").contentHash();
    assertThat(loader.load("small").contentHash()).isEqualTo(before).startsWith("sha256:");
    ReferencePresets.editManifest(preset, "\"id\" : \"small\"", "\"id\" : \"other\"");
    assertThat(loader.load("small").contentHash()).isNotEqualTo(before);
  }

  @Test
  void aChangedAssetIsAnIntegrityMismatch() throws Exception {
    Path asset = preset.resolve("assets/AH_noise_db.f32");
    byte[] bytes = Files.readAllBytes(asset);
    bytes[17] ^= 1;
    Files.write(asset, bytes);
    EngineException e = fault("small", Fault.ASSET_INTEGRITY_MISMATCH);
    assertThat(e.details()).containsKeys("expected", "actual");
  }

  @Test
  void aMissingAssetIsNamedRelatively() throws Exception {
    Files.delete(preset.resolve("assets/EE_envelope_db.f32"));
    EngineException e = fault("small", Fault.ASSET_NOT_FOUND);
    assertThat(e.details()).containsEntry("missingPath", "assets/EE_envelope_db.f32");
    assertThat(e.getMessage()).doesNotContain(dir.toString());
  }

  @Test
  void aRaggedFileIsCorruptAndAShortOneMisshapen() throws Exception {
    ReferencePresets.unverified(preset);
    Files.write(preset.resolve("assets/AH_harmonics.f32"), new byte[319]);
    assertThat(fault("small", Fault.ASSET_CORRUPT).details()).containsEntry("assetPath", "assets/AH_harmonics.f32");
    Files.write(preset.resolve("assets/AH_harmonics.f32"), new byte[316]);
    assertThat(fault("small", Fault.ASSET_SHAPE_MISMATCH).details()).containsEntry("actual", 79);
    ReferencePresets.valid(dir, "small");
    ReferencePresets.unverified(preset);
    Files.write(preset.resolve("assets/OO_noise_db.f32"), new byte[4096]);
    fault("small", Fault.ASSET_SHAPE_MISMATCH);
  }

  @Test
  void pathsThatLeaveTheFolderAreRefused() throws Exception {
    Files.write(dir.resolve("secret.f32"), new byte[320]);
    for (String path : List.of("../secret.f32", "assets/../../secret.f32", "..\\\\secret.f32", "/etc/passwd", "", "C:secret")) {
      ReferencePresets.valid(dir, "small");
      ReferencePresets.editManifest(preset, "\"assets/AH_harmonics.f32\"", "\"" + path + "\"");
      fault("small", Fault.INVALID_ASSET_PATH);
    }
    ReferencePresets.valid(dir, "small");
    Files.delete(preset.resolve("assets/AH_harmonics.f32"));
    Files.createSymbolicLink(preset.resolve("assets/AH_harmonics.f32"), dir.resolve("secret.f32"));
    fault("small", Fault.INVALID_ASSET_PATH);
  }

  @Test
  void otherVersionsAreRefusedWithTheListOfKnownOnes() {
    for (String version : List.of("0.4.0", "1.0.0", "0.2", "0.2.0-beta", "v0.2.0", "")) {
      ReferencePresets.valid(dir, "small");
      ReferencePresets.editManifest(preset, "\"version\" : \"0.2.0\"", "\"version\" : \"" + version + "\"");
      EngineException e = fault("small", Fault.UNSUPPORTED_PRESET_VERSION);
      assertThat(e.details()).containsEntry("presetVersion", version).containsEntry("supportedVersions", List.of("0.1.0", "0.2.0", "0.3.0"));
    }
  }

  @Test
  void brokenManifestsAreCorruptAndNameTheField() throws Exception {
    ReferencePresets.editManifest(preset, "\"harmonicsMag\" : \"assets/OO_harmonics.f32\"", "\"harmonicsMag\" : 3");
    assertThat(fault("small", Fault.ASSET_CORRUPT).path()).isEqualTo("timbres.2.assets.harmonicsMag");
    for (String json : List.of("", "[", "null", "[]", "{}", "{\"schema\":\"other\"}")) {
      Files.writeString(preset.resolve(PresetManifest.FILE_NAME), json);
      fault("small", Fault.ASSET_CORRUPT);
    }
  }

  @Test
  void unknownAndIllegalIdsAreToldApart() {
    assertThat(fault("nobody", Fault.PRESET_NOT_FOUND).details())
        .containsEntry("available", List.of("small")).containsEntry("presetId", "nobody");
    for (String id : List.of("../small", "", "a b", "x".repeat(65))) {
      fault(id, Fault.INVALID_PRESET_ID);
    }
  }

  @Test
  void describesWithoutLoadingSpectra() throws Exception {
    Files.delete(preset.resolve("assets/EE_envelope_db.f32"));
    Files.writeString(preset.resolve("meta.json"), "{\"name\":\"Small\",\"tags\":[\"x\"],\"defaultTimbre\":\"EE\"}");
    assertThat(loader.describe("small")).isEqualTo(
        new PresetInfo("small", "Small", "", List.of("x"), "EE", List.of("AH", "EE", "OO"), 48000, "0.2.0"));
    Files.writeString(preset.resolve("meta.json"), "not json");
    assertThat(loader.describe("small").name()).isEqualTo("small");
    assertThat(loader.ids()).containsExactly("small");
  }

  private EngineException fault(String id, Fault fault) {
    EngineException e = catchThrowableOfType(EngineException.class, () -> loader.load(id));
    assertThat(e).as("loading " + id).isNotNull();
    assertThat(e.fault()).isEqualTo(fault);
    return e;
  }
}
