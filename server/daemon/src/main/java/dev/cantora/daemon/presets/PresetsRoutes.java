package dev.cantora.daemon.presets;

import dev.cantora.daemon.api.PresetsService;
import dev.cantora.daemon.http.Exchange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of voices. */
public final class PresetsRoutes extends PresetsService {
  private final PresetCatalogue catalogue;

  public PresetsRoutes(PresetCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  protected void listPresets(Exchange exchange) {
    List<Map<String, Object>> presets = catalogue.list();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("presets", presets);
    if (presets.isEmpty()) {
      answer.put("degraded", true);
      answer.put("message", "No voices are installed.");
      answer.put("hint", "Point PRESET_DIR at a folder of presets, or build one with build-preset.");
    }
    exchange.json(answer);
  }
}
