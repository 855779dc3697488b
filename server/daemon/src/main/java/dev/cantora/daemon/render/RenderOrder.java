package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.model.RenderConfig;
import dev.cantora.daemon.security.Principal;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import dev.cantora.engine.performance.Performance;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.voice.Voice;

/**
 * What is to be rendered: checked, nothing left that the caller could be told later.
 *
 * @param scoreTree the score as sent, unknown members included
 * @param score the same for the engine
 * @param performance the plan that the score brought along, or null
 * @param config as sent
 * @param voice loaded and verified
 * @param owner who asked
 * @param keep true for an id of its own, false for the owner's {@code last} slot
 * @param name null for a default name
 * @param estimatedBytes what storing it will cost, at least nearly
 */
record RenderOrder(
    ObjectNode scoreTree, Score score, Performance performance, RenderConfig config, Voice voice, Principal owner, boolean keep, String name,
    long estimatedBytes) {

  RenderOrder priced(long bytes) {
    return new RenderOrder(scoreTree, score, performance, config, voice, owner, keep, name, bytes);
  }

  /** The same at the level it is sung. */
  RenderOrder unscaled() {
    return new RenderOrder(scoreTree, score, performance, config.toBuilder().normalize(RenderConfig.Normalize.NONE).build(), voice,
        owner, keep, name, estimatedBytes);
  }

  /** Length of the audio, whole blocks. */
  long frames() {
    int block = config.blockSizeOrDefault();
    return (long) Math.ceil((score.endSec() + ScoreMapping.TAIL_SEC) * sampleRateHz() / block) * block;
  }

  /** The format in which it is stored. */
  WavEncoder wav() {
    return new WavEncoder(WavFormat.F32, config.channelsOrDefault(), sampleRateHz());
  }

  /** The configuration with every default filled in. */
  RenderConfig fullConfig() {
    return config.toBuilder().presetId(voice.id()).blockSize(config.blockSizeOrDefault())
        .deterministic(config.deterministicOrDefault()).rngSeed(config.rngSeedOrDefault()).defaultTimbre(defaultTimbre())
        .maxPolyphony(config.maxPolyphonyOrDefault()).channels(config.channelsOrDefault()).sampleRateHz(sampleRateHz())
        .normalize(config.normalizeOrDefault()).build();
  }

  int sampleRateHz() {
    return config.sampleRateHz() == null ? voice.sampleRateHz() : config.sampleRateHz();
  }

  String defaultTimbre() {
    return config.defaultTimbre() == null ? voice.timbres().getFirst() : config.defaultTimbre();
  }
}
