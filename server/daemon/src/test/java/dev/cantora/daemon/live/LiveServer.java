package dev.cantora.daemon.live;

import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.audio.Urgency;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.socket.Heartbeat;
import dev.cantora.daemon.socket.SocketUpgrader;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.engine.lyrics.Phonemizer;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The live endpoint with plain tones on a real socket, without the rest of the daemon. */
final class LiveServer implements AutoCloseable {

  private static final Schemas SCHEMAS = Schemas.load("asyncapi.json", Map.of());
  private static final LiveWords WORDS = new LiveWords(new Phonemizer(), language -> Map.of());

  final MemoryStore store = new MemoryStore();
  final AudioClock clock = new AudioClock(1, Urgency.NONE);
  final LiveEndpoint endpoint;
  private final Heartbeat heartbeat;
  private final WebServer server;

  private LiveServer(Map<String, String> environment) {
    DaemonConfig config = DaemonConfig.from(environment);
    heartbeat = new Heartbeat(Duration.ofMillis(config.sockets().pingIntervalMs()), config.sockets().maxMissedPings());
    endpoint = new LiveEndpoint(clock, new Authenticator(config.auth()), SCHEMAS, ToneInstrument.LIBRARY, principalId -> WORDS, store,
        new LiveMetrics(new Metrics()), config.sockets().maxLiveSessions());
    SocketUpgrader upgrader = new SocketUpgrader(Map.of("/ws", endpoint), heartbeat, headers -> "req_test");
    server = WebServer.builder().port(0).host("127.0.0.1").shutdownHook(false).protocolsDiscoverServices(false)
        .addConnectionSelector(
            Http1ConnectionSelector.builder().config(Http1Config.create()).putUpgrader("websocket", upgrader).build())
        .connectionOptions(options -> options.tcpNoDelay(true))
        .build().start();
  }

  static LiveServer start(String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return new LiveServer(variables);
  }

  int port() {
    return server.port();
  }

  LivePeer connect() {
    return LivePeer.connect(port(), "/ws");
  }

  /** A peer that said hello and got its answer. @param members further members of the hello, with a leading comma */
  LivePeer greet(String members) {
    LivePeer peer = connect();
    peer.send("{\"type\":\"hello\",\"protocolVersion\":1" + members + "}");
    peer.await("hello_ack");
    return peer;
  }

  @Override
  public void close() {
    endpoint.shutDown(Duration.ofSeconds(10));
    server.stop();
    heartbeat.close();
    clock.close();
  }
}
