package dev.cantora.daemon;

import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.presets.PresetCatalogue;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators want to read right after a start: which voices and which store the daemon found. */
final class BootReport {
  private static final Logger LOG = LoggerFactory.getLogger(BootReport.class);

  private BootReport() {}

  static void write(DaemonConfig config, PresetCatalogue presets, Bank bank) {
    List<String> ids;
    try {
      ids = presets.ids();
    } catch (ApiException unreadable) {
      LOG.atError().addKeyValue("code", unreadable.code()).addKeyValue("presetDir", config.store().presetDir())
          .log("boot_presets");
      ids = List.of();
    }
    if (ids.isEmpty()) {
      LOG.atWarn().addKeyValue("presetDir", config.store().presetDir())
          .addKeyValue("hint", "Set PRESET_DIR to a folder with presets, or build one with build-preset.")
          .log("boot_no_voices_warning");
    } else {
      LOG.atInfo().addKeyValue("presetDir", config.store().presetDir()).addKeyValue("count", ids.size())
          .addKeyValue("presets", ids).log("boot_presets");
    }
    bank.failing().ifPresentOrElse(
        reason -> LOG.atError().addKeyValue("dir", config.store().renderStoreDir()).addKeyValue("failing", reason)
            .log("boot_render_store"),
        () -> LOG.atInfo().addKeyValue("dir", config.store().renderStoreDir())
            .addKeyValue("usedBytes", bank.budget().usedBytes()).addKeyValue("budgetBytes", config.store().storeBudgetBytes())
            .log("boot_render_store"));
  }
}
