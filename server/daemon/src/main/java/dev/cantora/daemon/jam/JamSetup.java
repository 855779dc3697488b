package dev.cantora.daemon.jam;

import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.jam.archive.JamArchive;
import dev.cantora.daemon.jam.export.QueuedTapeExports;
import dev.cantora.daemon.jam.session.JamMetrics;
import dev.cantora.daemon.jam.session.TapeExports;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.live.EngineInstrument;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.daemon.render.RenderDesk;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.engine.Engine;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.voice.Voice;
import java.time.Duration;
import java.util.function.Function;

/**
 * Puts the jam endpoint together.
 *
 * @param clock that runs all sessions
 * @param schemas of the AsyncAPI document
 * @param voices finds a voice by preset id
 * @param directory of the sessions of other daemons
 */
public record JamSetup(
    DaemonConfig config, AudioClock clock, Authenticator authenticator, Schemas schemas, Engine engine,
    Function<String, Voice> voices, Phonemizer phonemizer, Dictionaries dictionaries, Bank bank, RenderDesk desk,
    Metrics metrics, JamDirectory directory) {

  /** Below the render store; no render has such a name. */
  private static final String KEPT_SESSIONS = ".jams";

  /** The socket and the routes of the same sessions. */
  public record Parts(JamEndpoint endpoint, JamsRoutes routes) {}

  public Parts parts() {
    Instrument.Library library = EngineInstrument.library(engine, voices);
    TapeExports exports = new QueuedTapeExports(desk, bank, library, config.identity().commit());
    JamArchive archive = new JamArchive(config.store().renderStoreDir().resolve(KEPT_SESSIONS));
    SessionMaker maker = new SessionMaker(clock, exports, library, archive, new JamMetrics(metrics));
    JamHub hub = new JamHub(maker, directory, config.sockets().maxJamSessions(), config.sockets().maxJamParticipants(),
        Duration.ofSeconds(config.sockets().jamRejoinGraceSec()));
    return new Parts(new JamEndpoint(authenticator, new Lobby(hub, directory), schemas, library, phonemizer, dictionaries),
        new JamsRoutes(hub, exports, bank));
  }
}
