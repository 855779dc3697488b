package dev.cantora.daemon.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.engine.LiveConfig;
import java.util.List;

/** Plays a stored take again from its event log, without a clock or a socket, through the same chain. */
final class TakeReplay {

  private final JsonNode replay;
  private final Instrument.Library library;

  /** @param score the take's stored score */
  TakeReplay(JsonNode score, Instrument.Library library) {
    this.replay = score.get("replay");
    this.library = library;
  }

  /** The audio that was recorded, before it was brought to full scale. */
  Take play() {
    LiveConfig settings = new LiveConfig(replay.get("sampleRateHz").asInt(), replay.get("channels").asInt(),
        replay.get("maxPolyphony").asInt(), replay.get("rngSeed").asInt(),
        replay.hasNonNull("defaultTimbre") ? replay.get("defaultTimbre").asText() : null);
    VoiceChain chain = new VoiceChain(library.load(replay.get("presetId").asText()), settings);
    List<LoggedEvent> log = EventLogJson.read(replay.get("events"), library);
    int blockSize = replay.get("blockSize").asInt();
    long start = replay.get("startSample").asLong();
    long samples = replay.get("samples").asLong();
    Take take = new Take(settings.sampleRateHz(), settings.channels(), start);
    float[] block = new float[blockSize * settings.channels()];
    int next = 0;
    while (take.frames() < samples) {
      while (next < log.size() && log.get(next).appliedAtSample() <= chain.position()) {
        chain.apply(log.get(next++).event(), 0);
      }
      chain.render(block, blockSize);
      if (chain.position() > start) {
        take.append(block, (int) Math.min(blockSize, samples - take.frames()), chain.voicesActive());
      }
    }
    return take;
  }
}
