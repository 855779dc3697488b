package dev.cantora.engine.voice;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a preset folder that {@link VoiceLoader} reads back: manifest, float32 assets, true assets hash. */
public final class PresetWriter {

  private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  /** All timbres share one axis, as in the presets the reference ships. */
  private static final String AXIS = "assets/freq_hz.f32";

  private PresetWriter() {}

  /** A unit inventory and the bytes of its bank. */
  public record Inventory(PresetManifest.Units units, byte[] bank) {}

  /**
   * Writes (or overwrites) the manifest and the assets of a preset; other files in the folder stay.
   *
   * @param folder created when missing
   * @param version manifest version, one of {@link PresetManifest#SUPPORTED_VERSIONS}
   * @param timbres at least one, all on the axis of the first
   * @param extra further manifest members; values JSON-friendly
   * @param inventory of format 0.3.0, or null
   * @return the assets hash
   */
  public static String write(
      Path folder, String id, String version, PresetManifest.Analysis analysis, int sampleRateHz,
      List<TimbreSpectra> timbres, Map<String, Object> extra, Inventory inventory) throws IOException {
    var assets = new TreeMap<String, byte[]>();
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", PresetManifest.SCHEMA).put("version", version).put("id", id).put("sampleRateHz", sampleRateHz);
    ObjectNode analysisNode = root.putObject("analysis");
    analysisNode.put("frameMs", analysis.frameMs()).put("hopMs", analysis.hopMs()).put("f0Method", analysis.f0Method())
        .put("maxHarmonics", analysis.maxHarmonics());
    analysisNode.putObject("envelope").put("method", analysis.envelopeMethod());
    analysisNode.putObject("noise").put("method", analysis.noiseMethod()).put("fftSize", analysis.fftSize());
    assets.put(AXIS, floats(timbres.getFirst().freqHz()));
    var list = root.putArray("timbres");
    for (TimbreSpectra timbre : timbres) {
      String stem = "assets/" + timbre.name();
      assets.put(stem + "_harmonics.f32", floats(timbre.harmonicsMag()));
      assets.put(stem + "_envelope_db.f32", floats(timbre.envelopeDb()));
      assets.put(stem + "_noise_db.f32", floats(timbre.noiseDb()));
      ObjectNode node = list.addObject().put("name", timbre.name()).put("kind", "vowel");
      node.putObject("assets").put("harmonicsMag", stem + "_harmonics.f32").put("envelopeDb", stem + "_envelope_db.f32")
          .put("noiseDb", stem + "_noise_db.f32").put("freqHz", AXIS);
      VoiceDefaults defaults = timbre.defaults();
      node.putObject("defaults").put("hnrDb", defaults.hnrDb()).put("breathiness", defaults.breathiness())
          .putObject("vibrato").put("rateHz", defaults.vibrato().rateHz())
          .put("depthCents", defaults.vibrato().depthCents()).put("onsetMs", defaults.vibrato().onsetSec() * 1000);
    }
    if (inventory != null) {
      assets.put(inventory.units().asset(), inventory.bank());
      write(inventory.units(), timbres, root.putObject("units"));
    }
    extra.forEach((name, value) -> root.set(name, JSON.valueToTree(value)));
    String hash = AssetsHash.of(assets.keySet(), assets::get);
    root.putObject("integrity").put("assetsHash", hash);
    for (var asset : assets.entrySet()) {
      Path file = folder.resolve(asset.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, asset.getValue());
    }
    Files.write(folder.resolve(PresetManifest.FILE_NAME), (JSON.writeValueAsString(root) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return hash;
  }

  private static void write(PresetManifest.Units units, List<TimbreSpectra> timbres, ObjectNode node) {
    node.put("asset", units.asset()).put("pace", units.pace());
    ObjectNode phones = node.putObject("timbrePhones");
    for (int i = 0; i < timbres.size(); i++) {
      phones.put(timbres.get(i).name(), units.timbrePhones().get(i));
    }
    node.put("vowelCeilingHz", units.vowelCeilingHz());
    ObjectNode vowels = node.putObject("vowels");
    for (PresetManifest.Vowel vowel : units.vowels()) {
      var formants = vowels.putObject(vowel.phone()).putArray("formantsHz");
      vowel.formantsHz().forEach(formants::add);
    }
  }

  private static byte[] floats(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
