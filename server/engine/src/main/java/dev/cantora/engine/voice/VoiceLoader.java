package dev.cantora.engine.voice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.voice.reference.ReferenceVoice;
import dev.cantora.engine.voice.units.PhoneAlphabet;
import dev.cantora.engine.voice.units.UnitBank;
import dev.cantora.engine.voice.units.UnitBankCodec;
import dev.cantora.engine.voice.units.UnitVoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds, checks and loads the presets below one folder. Nothing is cached here: whoever keeps voices decides how long.
 * Thread-safe.
 */
public final class VoiceLoader {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path presetDir;
  private final Consumer<String> warnings;

  /**
   * @param presetDir folder of preset folders
   * @param warnings receives one line per preset whose integrity cannot be checked
   */
  public VoiceLoader(Path presetDir, Consumer<String> warnings) {
    this.presetDir = presetDir;
    this.warnings = warnings;
  }

  /** Ids of the presets present (folders with a manifest), ascending. @throws IOException the folder is unreadable */
  public List<String> ids() throws IOException {
    try (var folders = Files.newDirectoryStream(presetDir)) {
      var ids = new ArrayList<String>();
      for (Path folder : folders) {
        String id = folder.getFileName().toString();
        if (ID.matcher(id).matches() && Files.isRegularFile(folder.resolve(PresetManifest.FILE_NAME))) {
          ids.add(id);
        }
      }
      ids.sort(null);
      return ids;
    }
  }

  /** Reads manifest and meta.json only. @throws EngineException as {@link #load}, for the manifest */
  public PresetInfo describe(String id) {
    PresetManifest manifest = ManifestReader.read(manifestBytes(id));
    JsonNode meta = meta(id);
    List<String> timbres = manifest.timbres().stream().map(PresetManifest.Timbre::name).toList();
    var tags = new ArrayList<String>();
    meta.path("tags").forEach(tag -> tags.add(tag.asText()));
    String name = meta.path("name").asText("");
    if (name.isEmpty()) {
      name = manifest.id().isEmpty() ? id : manifest.id();
    }
    return new PresetInfo(id, name, meta.path("description").asText(""), tags,
        meta.path("defaultTimbre").asText(timbres.getFirst()), timbres, manifest.sampleRateHz(), manifest.version());
  }

  /** The checked manifest of a preset, without its assets. @throws EngineException as {@link #load} */
  public PresetManifest manifest(String id) {
    return ManifestReader.read(manifestBytes(id));
  }

  /**
   * Loads and verifies a voice.
   *
   * @throws EngineException INVALID_PRESET_ID, PRESET_NOT_FOUND (details presetId, available),
   *     UNSUPPORTED_PRESET_VERSION (presetVersion, supportedVersions), INVALID_ASSET_PATH (assetPath), ASSET_NOT_FOUND
   *     (missingPath), ASSET_INTEGRITY_MISMATCH (expected, actual), ASSET_CORRUPT (assetPath), ASSET_SHAPE_MISMATCH (assetPath,
   *     expected, actual); paths are the manifest's own
   */
  public Voice load(String id) {
    byte[] manifestBytes = manifestBytes(id);
    PresetManifest manifest = ManifestReader.read(manifestBytes);
    var folder = new PresetFolder(presetDir.resolve(id));
    String hash = AssetsHash.of(manifest.assetPaths(), folder::bytes);
    if (AssetsHash.isStub(manifest.assetsHash())) {
      warnings.accept("preset " + id + " states no real assets hash; its files are not verified");
    }
    AssetsHash.verify(manifest.assetsHash(), hash);
    String contentHash = "sha256:" + AssetsHash.hex((AssetsHash.hex(manifestBytes) + hash).getBytes(US_ASCII));
    var spectra = manifest.timbres().stream().map(timbre -> TimbreSpectra.read(timbre, manifest.analysis(), folder)).toList();
    for (int i = 0; i < spectra.size(); i++) {
      int bins = spectra.get(i).freqHz().length;
      if (bins != spectra.getFirst().freqHz().length) {
        throw PresetFolder.misshapen(manifest.timbres().get(i).freqHz(),
            "as many as the other timbres, " + spectra.getFirst().freqHz().length + ",", bins);
      }
    }
    return manifest.units() == null ? new ReferenceVoice(id, manifest, spectra, contentHash)
        : unitVoice(id, manifest, folder, contentHash);
  }

  private static Voice unitVoice(String id, PresetManifest manifest, PresetFolder folder, String contentHash) {
    PresetManifest.Units units = manifest.units();
    UnitBank bank;
    try {
      bank = UnitBankCodec.decode(folder.bytes(units.asset()));
    } catch (IOException e) {
      throw PresetFolder.corrupt(units.asset(), e.getMessage() == null ? "is cut short" : e.getMessage());
    }
    int[] phones = new int[units.timbrePhones().size()];
    for (int i = 0; i < phones.length; i++) {
      phones[i] = PhoneAlphabet.inBank(bank, units.timbrePhones().get(i));
      if (phones[i] < 0 || bank.targetFrame(phones[i]) < 0) {
        throw PresetFolder.corrupt(units.asset(), "lacks the phone " + units.timbrePhones().get(i));
      }
    }
    return new UnitVoice(id, manifest, bank, phones, contentHash);
  }

  private byte[] manifestBytes(String id) {
    if (id == null || !ID.matcher(id).matches()) {
      throw new EngineException(Fault.INVALID_PRESET_ID, "A preset id is 1 to 64 of letters, digits, _ and -.");
    }
    Path file = presetDir.resolve(id).resolve(PresetManifest.FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw notFound(id);
    }
    return new PresetFolder(presetDir.resolve(id)).bytes(PresetManifest.FILE_NAME);
  }

  private EngineException notFound(String id) {
    List<String> available;
    try {
      available = ids();
    } catch (IOException e) {
      available = List.of(); // the folder itself is gone; the list route says so
    }
    return new EngineException(Fault.PRESET_NOT_FOUND, "There is no preset \"" + id + "\".", null,
        Map.of("presetId", id, "available", available));
  }

  /** meta.json is decoration: a missing or broken one is an empty one. */
  private JsonNode meta(String id) {
    Path file = presetDir.resolve(id).resolve("meta.json");
    try {
      if (Files.isRegularFile(file) && Files.size(file) < (1 << 20)) {
        JsonNode node = JSON.readTree(Files.readAllBytes(file));
        if (node != null && node.isObject()) {
          return node;
        }
      }
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
    return JSON.createObjectNode();
  }
}
