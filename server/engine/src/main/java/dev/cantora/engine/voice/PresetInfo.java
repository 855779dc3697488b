package dev.cantora.engine.voice;

import java.util.List;

/**
 * What a list of presets says about one, without loading its spectra.
 *
 * @param id folder name
 * @param name from meta.json, else the manifest's id, else the folder name
 * @param description may be empty
 * @param defaultTimbre from meta.json, else the first timbre
 */
public record PresetInfo(
    String id, String name, String description, List<String> tags, String defaultTimbre, List<String> timbres,
    int sampleRateHz, String version) {
  public PresetInfo {
    tags = List.copyOf(tags);
    timbres = List.copyOf(timbres);
  }
}
