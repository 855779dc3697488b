package dev.cantora.daemon.jam;

import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.live.EngineInstrument;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.engine.Engine;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.voice.Voice;
import java.util.function.Function;

/**
 * Puts the jam endpoint together.
 *
 * @param clock that runs all sessions
 * @param schemas of the AsyncAPI document
 * @param voices finds a voice by preset id
 */
public record JamSetup(
    DaemonConfig config, AudioClock clock, Authenticator authenticator, Schemas schemas, Engine engine,
    Function<String, Voice> voices, Phonemizer phonemizer, Dictionaries dictionaries, Bank bank) {

  public JamEndpoint endpoint() {
    Instrument.Library library = EngineInstrument.library(engine, voices);
    JamHub hub = new JamHub(clock, new BankTapeExports(bank, library, config.identity().commit()),
        config.sockets().maxJamSessions(), config.sockets().maxJamParticipants());
    return new JamEndpoint(authenticator, hub, schemas, library, phonemizer, dictionaries);
  }
}
