package dev.cantora.engine.voice;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.score.Vibrato;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code voicepreset.json} to {@link PresetManifest}. The version is looked at before anything else, so that a manifest
 * of a later format is refused for its version and not for a field that moved. A manifest that is not one is
 * ASSET_CORRUPT with the field's path.
 */
final class ManifestReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SEMVER = Pattern.compile("(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})");
  private static final int MAX_HARMONICS = 1024;
  private static final int MAX_TIMBRES = 256;

  private ManifestReader() {}

  static PresetManifest read(byte[] json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw corrupt("", "is not JSON");
    } catch (IOException e) {
      throw corrupt("", "cannot be read");
    }
    if (root == null || !root.isObject()) {
      throw corrupt("", "is not a JSON object");
    }
    if (!PresetManifest.SCHEMA.equals(root.path("schema").asText(null))) {
      throw corrupt("schema", "must be \"" + PresetManifest.SCHEMA + "\"");
    }
    String version = supportedVersion(root.path("version"));
    List<PresetManifest.Timbre> timbres = timbres(root.path("timbres"));
    return new PresetManifest(
        version,
        text(root, "id", ""),
        (int) number(root, "sampleRateHz", "", 8000, 384000),
        analysis(root.path("analysis")),
        timbres,
        root.path("integrity").path("assetsHash").isTextual() ? root.path("integrity").path("assetsHash").asText() : null,
        version.equals("0.3.0") && root.has("units") ? units(root.path("units"), timbres) : null);
  }

  private static PresetManifest.Units units(JsonNode node, List<PresetManifest.Timbre> timbres) {
    JsonNode phones = node.path("timbrePhones");
    List<String> timbrePhones = timbres.stream().map(timbre -> text(phones, timbre.name(), "units.timbrePhones.")).toList();
    var vowels = new ArrayList<PresetManifest.Vowel>();
    node.path("vowels").properties().forEach(vowel -> {
      var formants = new ArrayList<Double>();
      vowel.getValue().path("formantsHz").forEach(hz -> formants.add(hz.asDouble()));
      vowels.add(new PresetManifest.Vowel(vowel.getKey(), formants));
    });
    return new PresetManifest.Units(text(node, "asset", "units."), number(node, "pace", "units.", 0.5, 2), timbrePhones, vowels,
        node.has("vowelCeilingHz") ? number(node, "vowelCeilingHz", "units.", 1000, 20000) : 0);
  }

  private static String supportedVersion(JsonNode node) {
    String version = node.isTextual() ? node.asText() : "";
    if (SEMVER.matcher(version).matches() && PresetManifest.SUPPORTED_VERSIONS.contains(version)) {
      return version;
    }
    throw new EngineException(Fault.UNSUPPORTED_PRESET_VERSION,
        "Preset format " + (version.isEmpty() ? "(none)" : version) + " is not one this engine reads: "
            + String.join(", ", PresetManifest.SUPPORTED_VERSIONS) + ".", null,
        Map.of("presetVersion", version, "supportedVersions", PresetManifest.SUPPORTED_VERSIONS));
  }

  private static PresetManifest.Analysis analysis(JsonNode node) {
    return new PresetManifest.Analysis(
        node.path("frameMs").asDouble(0),
        node.path("hopMs").asDouble(0),
        node.path("f0Method").asText(""),
        (int) number(node, "maxHarmonics", "analysis.", 1, MAX_HARMONICS),
        node.path("envelope").path("method").asText(""),
        node.path("noise").path("method").asText(""),
        node.path("noise").path("fftSize").asInt(0));
  }

  private static List<PresetManifest.Timbre> timbres(JsonNode node) {
    if (!node.isArray() || node.isEmpty() || node.size() > MAX_TIMBRES) {
      throw corrupt("timbres", "must be a list of 1 to " + MAX_TIMBRES);
    }
    var timbres = new ArrayList<PresetManifest.Timbre>();
    var names = new HashSet<String>();
    for (int i = 0; i < node.size(); i++) {
      String at = "timbres." + i + ".";
      JsonNode item = node.get(i);
      String name = text(item, "name", at);
      if (!names.add(name)) {
        throw corrupt(at + "name", "names a timbre twice");
      }
      JsonNode assets = item.path("assets");
      timbres.add(new PresetManifest.Timbre(name, item.path("kind").asText("vowel"),
          text(assets, "harmonicsMag", at + "assets."), text(assets, "envelopeDb", at + "assets."),
          text(assets, "noiseDb", at + "assets."), text(assets, "freqHz", at + "assets."),
          defaults(item.path("defaults"))));
    }
    return timbres;
  }

  /** Absent or absurd defaults are those of every preset the reference ships (contract section 6). */
  private static PresetManifest.Defaults defaults(JsonNode node) {
    JsonNode vibrato = node.path("vibrato");
    return new PresetManifest.Defaults(
        within(node.path("hnrDb").asDouble(18), -20, 120),
        within(node.path("breathiness").asDouble(0.12), 0, 1),
        new Vibrato(within(vibrato.path("rateHz").asDouble(5.8), 0, 50),
            within(vibrato.path("depthCents").asDouble(35), 0, 1200),
            within(vibrato.path("onsetMs").asDouble(220) / 1000, 0, 60)));
  }

  private static double within(double value, double min, double max) {
    return Math.clamp(value, min, max);
  }

  private static String text(JsonNode parent, String field, String at) {
    JsonNode node = parent.path(field);
    if (!node.isTextual()) {
      throw corrupt(at + field, "must be text");
    }
    return node.asText();
  }

  private static double number(JsonNode parent, String field, String at, double min, double max) {
    JsonNode node = parent.path(field);
    if (!node.isNumber() || !(node.asDouble() >= min && node.asDouble() <= max)) {
      throw corrupt(at + field, "must be a number from " + min + " to " + max);
    }
    return node.asDouble();
  }

  private static EngineException corrupt(String field, String problem) {
    String where = field.isEmpty() ? PresetManifest.FILE_NAME : PresetManifest.FILE_NAME + ": " + field;
    return new EngineException(Fault.ASSET_CORRUPT, where + " " + problem + ".", field.isEmpty() ? null : field,
        Map.of("assetPath", PresetManifest.FILE_NAME));
  }
}
