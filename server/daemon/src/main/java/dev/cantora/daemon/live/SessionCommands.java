package dev.cantora.daemon.live;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.live.Control;
import dev.cantora.api.live.ErrorMessage;
import dev.cantora.api.live.ParamUpdate;
import dev.cantora.api.live.TimbreMorph;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.engine.LiveConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Settings of a session that change while it plays. For one thread. */
final class SessionCommands {

  private final LiveOutput output;
  private final Instrument.Library library;
  private final Consumer<SessionEvent> mailbox;
  private int ticket;

  /** @param mailbox receives voices that were loaded, on any thread */
  SessionCommands(LiveOutput output, Instrument.Library library, Consumer<SessionEvent> mailbox) {
    this.output = output;
    this.library = library;
    this.mailbox = mailbox;
  }

  /** Another voice is loaded beside the music, which goes on; all other settings are then ignored. */
  void params(VoiceChain chain, SessionEvent.Params event) {
    ParamUpdate message = event.message();
    if (message.presetId() != null) {
      int mine = ++ticket;
      if (!message.presetId().equals(chain.instrument().presetId())) {
        load(message.presetId(), chain.settingsOfNextPreset(), mine);
        return;
      }
    }
    List<String> timbres = chain.instrument().timbres();
    if (message.defaultTimbre() != null && !timbres.contains(message.defaultTimbre())) {
      output.send(LiveErrors.unknownTimbre("defaultTimbre", message.defaultTimbre(), timbres));
      return;
    }
    if (message.maxPolyphony() != null) {
      chain.maxPolyphony(message.maxPolyphony(), event.reserve(), System.currentTimeMillis());
    }
    if (message.rngSeed() != null) {
      apply(chain, new ChainEvent.Seed(message.rngSeed()));
    }
    if (message.defaultTimbre() != null) {
      apply(chain, new ChainEvent.DefaultTimbre(message.defaultTimbre()));
    }
    if (message.limiter() != null) {
      apply(chain, new ChainEvent.Limiter(message.limiter()));
    }
  }

  /** @return whether the voice changed */
  boolean ready(VoiceChain chain, SessionEvent.InstrumentReady ready) {
    if (ready.ticket() != ticket) {
      return false;
    }
    if (!ready.settings().equals(chain.settingsOfNextPreset())) {
      // polyphony or seed changed meanwhile: other singers are needed
      load(ready.instrument().presetId(), chain.settingsOfNextPreset(), ticket);
      return false;
    }
    chain.changePreset(ready.instrument(), ready.voice(), System.currentTimeMillis());
    return true;
  }

  void failed(SessionEvent.InstrumentFailed failed) {
    if (failed.ticket() == ticket) {
      output.send(ErrorMessage.builder().code(ErrorCode.PRESET_LOAD_FAILED.name()).message(failed.failure().getMessage())
          .hint(failed.failure().hint()).build());
    }
  }

  void morph(VoiceChain chain, TimbreMorph message) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (Map.Entry<String, Double> each : message.weights().entrySet()) {
      if (!chain.instrument().timbres().contains(each.getKey())) {
        output.send(LiveErrors.unknownTimbre("weights." + each.getKey(), each.getKey(), chain.instrument().timbres()));
        return;
      }
      weights.put(each.getKey(), Math.clamp(each.getValue(), 0.0, 1.0));
    }
    apply(chain, new ChainEvent.Morph(weights));
  }

  void control(VoiceChain chain, Control message) {
    apply(chain, new ChainEvent.Control(WireTypes.controller(message.controller()), message.value()));
  }

  /** Releases all notes within 10 ms but keeps the morph. */
  void fadeOut(VoiceChain chain) {
    Map<String, Double> morph = chain.morph();
    apply(chain, new ChainEvent.Panic(chain.position()));
    if (!morph.isEmpty()) {
      apply(chain, new ChainEvent.Morph(morph));
    }
  }

  /** On a thread of its own: both the preset and its singers take time that the audio thread has not. */
  private void load(String presetId, LiveConfig settings, int mine) {
    Thread.ofVirtual().name("preset-loader").start(() -> mailbox.accept(loaded(presetId, settings, mine)));
  }

  private SessionEvent loaded(String presetId, LiveConfig settings, int mine) {
    try {
      Instrument instrument = library.load(presetId);
      return new SessionEvent.InstrumentReady(instrument, instrument.newVoice(settings), settings, mine);
    } catch (ApiException e) {
      return new SessionEvent.InstrumentFailed(e, mine);
    } catch (RuntimeException e) {
      return new SessionEvent.InstrumentFailed(ApiException.builder(ErrorCode.PRESET_LOAD_FAILED).cause(e).build(), mine);
    }
  }

  private static void apply(VoiceChain chain, ChainEvent event) {
    chain.apply(event, System.currentTimeMillis());
  }
}
