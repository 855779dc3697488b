package dev.cantora.daemon.live;

import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.engine.Engine;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.voice.Voice;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * Puts the live endpoint together.
 *
 * @param clock that runs all sessions
 * @param schemas of the AsyncAPI document
 * @param voices finds a voice by preset id
 */
public record LiveSetup(
    DaemonConfig config, AudioClock clock, Authenticator authenticator, Schemas schemas, Engine engine,
    Function<String, Voice> voices, Phonemizer phonemizer, Dictionaries dictionaries, Bank bank, Metrics metrics) {

  public LiveEndpoint endpoint() {
    return new LiveEndpoint(clock, authenticator, schemas, EngineInstrument.library(engine, voices),
        principalId -> new LiveWords(phonemizer, language -> dictionaries.words(principalId, language)),
        new BankTakeStore(bank, config.identity().commit(), InstantSource.system()), new LiveMetrics(metrics),
        config.sockets().maxLiveSessions());
  }
}
