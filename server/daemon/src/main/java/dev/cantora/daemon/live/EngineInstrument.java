package dev.cantora.daemon.live;

import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.engine.Engine;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.voice.Voice;
import java.util.List;
import java.util.function.Function;

/** A voice of the engine as an instrument. */
public record EngineInstrument(Engine engine, Voice voice) implements Instrument {

  /** @param voices finds a voice by preset id; its {@link EngineException}s become errors of the API */
  public static Library library(Engine engine, Function<String, Voice> voices) {
    return presetId -> {
      try {
        return new EngineInstrument(engine, voices.apply(presetId));
      } catch (EngineException fault) {
        throw ErrorMapping.fromEngine(fault);
      }
    };
  }

  @Override
  public String presetId() {
    return voice.id();
  }

  @Override
  public List<String> timbres() {
    return voice.timbres();
  }

  @Override
  public int sampleRateHz() {
    return voice.sampleRateHz();
  }

  @Override
  public String contentHash() {
    return voice.contentHash();
  }

  @Override
  public LiveVoice newVoice(LiveConfig settings) {
    return engine.live(voice, settings);
  }
}
