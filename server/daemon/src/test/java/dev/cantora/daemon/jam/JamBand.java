package dev.cantora.daemon.jam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A daemon with a voice, and players who say hello. */
final class JamBand implements AutoCloseable {

  private static final String VOICE = "choir";

  final TestDaemon daemon;
  private final List<LivePeer> peers = new ArrayList<>();

  JamBand(String... environment) {
    this(TestDaemon.start(environment));
  }

  /** In a folder that outlives the daemon. */
  static JamBand in(Path folder, String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return new JamBand(TestDaemon.startIn(folder, variables));
  }

  private JamBand(TestDaemon daemon) {
    this.daemon = daemon;
    TestVoice.install(daemon.folder().resolve("presets"), VOICE);
  }

  /** Connected, but silent. */
  LivePeer stranger() {
    return stranger("");
  }

  /** @param query with its question mark */
  LivePeer stranger(String query) {
    LivePeer peer = LivePeer.connect(daemon.port(), "/ws/jam" + query);
    peers.add(peer);
    return peer;
  }

  LivePeer player(String name) {
    return player(name, "");
  }

  LivePeer player(String name, String query) {
    LivePeer peer = stranger(query);
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

  /** Records some notes of two tracks, one of them panned and changed meanwhile. @return the session's id */
  static String recorded(LivePeer host) {
    String id = created(host).get("sessionId").asText();
    String lead = addTrack(host, ",\"name\":\"Lead\",\"pan\":-0.5");
    String bass = addTrack(host, ",\"name\":\"Bass\"");
    host.send("{\"type\":\"record_start\"}");
    host.await("record_status");
    note(host, lead, "a", 67);
    note(host, bass, "b", 48);
    host.send("{\"type\":\"track_update\",\"trackId\":\"" + lead + "\",\"gain\":0.4,\"pan\":0.25}");
    host.send("{\"type\":\"transport_set\",\"bpm\":90,\"timeSig\":{\"num\":3,\"den\":4}}");
    host.await(message -> message.path("type").asText().equals("transport_tick")
        && message.get("currentSec").asDouble() > 0.3, "a tick after 0.3 s");
    host.send("{\"type\":\"track_note_off\",\"trackId\":\"" + lead + "\",\"noteId\":\"a\"}");
    host.send("{\"type\":\"record_stop\"}");
    host.await(message -> message.path("type").asText().equals("record_status")
        && !message.get("recording").asBoolean(), "the end of the recording");
    return id;
  }

  static void note(LivePeer player, String track, String noteId, int midi) {
    player.send("{\"type\":\"track_note_on\",\"trackId\":\"" + track + "\",\"noteId\":\"" + noteId + "\",\"midi\":" + midi
        + ",\"velocity\":0.9}");
    player.await("track_note_ack");
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
