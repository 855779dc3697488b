package dev.cantora.daemon.capabilities;

import dev.cantora.api.model.Capabilities;
import dev.cantora.api.model.CapabilityLimits;
import dev.cantora.api.model.FormatOffer;
import dev.cantora.api.model.ProtocolVersions;
import dev.cantora.daemon.api.CapabilitiesService;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.render.RendersRoutes;
import dev.cantora.daemon.render.ScoreMapping;
import dev.cantora.engine.Unison;
import dev.cantora.engine.audio.AudioFormat;
import dev.cantora.engine.interchange.ExportFormat;
import dev.cantora.engine.interchange.ScoreFormat;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.voice.PresetManifest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The capability document. */
public final class CapabilitiesRoutes extends CapabilitiesService {
  private static final List<String> FEATURES = List.of("respond-async", "idempotency-key", "cursor-pagination", "batch", "webhooks", "mcp",
      "plans", "choir", "user-dictionary", "audio-ranges");

  private final DaemonConfig config;
  private final Phonemizer phonemizer;
  private final Supplier<List<String>> voices;

  /** @param voices ids of the presets that can be read */
  public CapabilitiesRoutes(DaemonConfig config, Phonemizer phonemizer, Supplier<List<String>> voices) {
    this.config = config;
    this.phonemizer = phonemizer;
    this.voices = voices;
  }

  @Override
  protected void getCapabilities(Exchange exchange) {
    exchange.json(new Capabilities(config.identity().version(),
        new ProtocolVersions(List.of("v1"), List.of(1), List.of(1), ScoreMapping.versions(), PresetManifest.SUPPORTED_VERSIONS),
        voices.get(), phonemizer.languages(),
        Arrays.stream(AudioFormat.values()).map(f -> new FormatOffer(f.formatName(), f.mediaType())).toList(),
        Arrays.stream(ScoreFormat.values()).map(f -> new FormatOffer(f.formatName(), f.mediaType())).toList(),
        Arrays.stream(ExportFormat.values()).map(f -> new FormatOffer(f.formatName(), f.mediaType())).toList(), FEATURES, limits()));
  }

  private CapabilityLimits limits() {
    return new CapabilityLimits(config.render().maxDurationSec(), config.render().maxNotesPerScore(),
        config.render().maxPhonemizeNotes(), config.http().jsonBodyLimitBytes(), config.http().planBodyLimitBytes(),
        config.render().queueMaxDepth(),
        config.store().perRenderBudgetBytes(), config.store().storeBudgetBytes(), config.rateLimit().requestsPerMinute(),
        config.sockets().maxLiveSessions(), config.sockets().maxJamSessions(), config.sockets().maxJamParticipants(),
        Dictionaries.MAX_ENTRIES, RendersRoutes.MAX_BATCH, Unison.MAX_SINGERS);
  }
}
