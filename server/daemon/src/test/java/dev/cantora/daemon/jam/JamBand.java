package dev.cantora.daemon.jam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.util.ArrayList;
import java.util.List;

/** A daemon with a voice, and players who say hello. */
final class JamBand implements AutoCloseable {

  private static final String VOICE = "choir";

  final TestDaemon daemon;
  private final List<LivePeer> peers = new ArrayList<>();

  JamBand(String... environment) {
    daemon = TestDaemon.start(environment);
    TestVoice.install(daemon.folder().resolve("presets"), VOICE);
  }

  /** Connected, but silent. */
  LivePeer stranger() {
    LivePeer peer = LivePeer.connect(daemon.port(), "/ws/jam");
    peers.add(peer);
    return peer;
  }

  LivePeer player(String name) {
    LivePeer peer = stranger();
    peer.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"displayName\":\"" + name + "\"}");
    peer.await("jam_hello_ack");
    return peer;
  }

  /** A host in a session of its own. @param members further members of session_create, with a leading comma */
  LivePeer host(String members) {
    LivePeer peer = player("Host");
    peer.send("{\"type\":\"session_create\"" + members + "}");
    return peer;
  }

  /** @return the host's snapshot */
  static JsonNode created(LivePeer host) {
    return host.await("session_created").get("snapshot");
  }

  LivePeer guest(String name, String sessionId) {
    LivePeer peer = player(name);
    peer.send("{\"type\":\"session_join\",\"sessionId\":\"" + sessionId + "\"}");
    return peer;
  }

  /** @return the track's id */
  static String addTrack(LivePeer host, String members) {
    host.send("{\"type\":\"track_add\",\"presetId\":\"" + VOICE + "\"" + members + "}");
    return host.await("track_added").get("track").get("trackId").asText();
  }

  static String error(LivePeer peer) {
    return peer.await("jam_error").get("code").asText();
  }

  @Override
  public void close() {
    peers.forEach(LivePeer::close);
    daemon.close();
  }
}
