package dev.cantora.daemon.cluster;

import static dev.cantora.daemon.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jam sessions of three nodes over three NATS servers: joined through any node, taken over from one that drains. */
class ClusterJamsTest {
  private static final String KEYS = "[{\"id\":\"ann\",\"key\":\"ka\"},{\"id\":\"bob\",\"key\":\"kb\"}]";
  private static final String VOICE = "default-voice";
  private static final String ANN = "ka";
  private static final String BOB = "kb";

  @TempDir
  static Path temp;
  private static NatsServers nats;
  private static TestDaemon one;
  private static TestDaemon two;
  private static TestDaemon three;
  private final List<LivePeer> peers = new ArrayList<>();

  @BeforeAll
  static void start() {
    nats = NatsServers.start(temp.resolve("nats"), 3);
    one = node("one");
    two = node("two");
    three = node("three");
  }

  private static TestDaemon node(String id) {
    TestDaemon node = TestDaemon.start("CANTORA_CLUSTER", nats.urls(), "CANTORA_NODE_ID", id, "AUTH_KEYS", KEYS,
        "GIT_COMMIT", "0123456789", "WS_PING_INTERVAL_MS", id.equals("two") ? "30000" : "500");
    TestVoice.install(node.folder().resolve("presets"), VOICE);
    return node;
  }

  @AfterEach
  void goHome() {
    peers.forEach(LivePeer::close);
  }

  @AfterAll
  static void stop() {
    three.close();
    two.close();
    one.close();
    nats.close();
  }

  private LivePeer connect(int port, String key) {
    LivePeer peer = LivePeer.connect(port, "/ws/jam?token=" + key);
    peers.add(peer);
    return peer;
  }

  /** A client that has said hello. @return it and its resume token */
  private record Musician(LivePeer peer, String token, String participantId) {}

  private Musician musician(int port, String key, String name) {
    LivePeer peer = connect(port, key);
    peer.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"displayName\":\"" + name + "\"}");
    JsonNode ack = peer.await("jam_hello_ack");
    return new Musician(peer, ack.get("resumeToken").asText(), ack.get("participantId").asText());
  }

  private Musician resumed(int port, String key, Musician earlier) {
    LivePeer peer = connect(port, key);
    peer.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"resumeToken\":\"" + earlier.token + "\"}");
    JsonNode ack = peer.await("jam_hello_ack");
    assertThat(ack.get("resumed").asBoolean()).isTrue();
    assertThat(ack.get("participantId").asText()).isEqualTo(earlier.participantId);
    return new Musician(peer, earlier.token, earlier.participantId);
  }

  private static String created(LivePeer host, String members) {
    host.send("{\"type\":\"session_create\"" + members + "}");
    return host.await("session_created").at("/snapshot/sessionId").asText();
  }

  private static JsonNode joined(LivePeer guest, String id) {
    guest.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\"}");
    return guest.await("session_joined").get("snapshot");
  }

  private static String track(LivePeer host, String name) {
    host.send("{\"type\":\"track_add\",\"presetId\":\"" + VOICE + "\",\"name\":\"" + name + "\"}");
    return host.await("track_added").at("/track/trackId").asText();
  }

  private static void note(LivePeer player, String track, String noteId, int midi) {
    player.send("{\"type\":\"track_note_on\",\"trackId\":\"" + track + "\",\"noteId\":\"" + noteId + "\",\"midi\":" + midi
        + ",\"velocity\":0.9}");
    player.await("track_note_ack");
  }

  private static void awaitTick(LivePeer player, double afterSec) {
    player.await(message -> message.path("type").asText().equals("transport_tick")
        && message.get("currentSec").asDouble() > afterSec, "a tick after " + afterSec + " s");
  }

  private static List<String> listed(TestDaemon node) {
    return node.get("/api/v1/jams", "Authorization", "Bearer " + ANN).json().path("jams").findValuesAsText("sessionId");
  }

  @Test
  void aSessionIsListedJoinedAndPlayedThroughAnyNode() {
    Musician ann = musician(one.port(), ANN, "Ann");
    String id = created(ann.peer, ",\"name\":\"Cellar\"");
    String lead = track(ann.peer, "Lead");
    Musician bob = musician(two.port(), BOB, "Bob");
    assertThat(joined(bob.peer, id).at("/tracks/0/name").asText()).isEqualTo("Lead");
    JsonNode seen = ann.peer.await("participant_joined").get("participant");
    assertThat(seen.get("participantId").asText()).as("who the other node said it is").isEqualTo(bob.participantId);
    assertThat(seen.get("displayName").asText()).isEqualTo("Bob");
    await("the third node lists it", () -> listed(three).contains(id));

    ann.peer.send("{\"type\":\"transport_play\"}");
    bob.peer.send("{\"type\":\"chat\",\"text\":\"hello from two\"}");
    assertThat(ann.peer.await("chat_message").get("text").asText()).isEqualTo("hello from two");
    long first = bob.peer.nextFrame().seq();
    for (int i = 1; i < 50; i++) {
      assertThat(bob.peer.nextFrame().seq()).as("every block, in order").isEqualTo(first + i);
    }
    // pings are the far node's: twice WS_MAX_MISSED_PINGS ticks pass while the JDK's client answers them
    awaitTick(bob.peer, 2.5);
    note(ann.peer, lead, "n", 60);

    bob.peer.send("{\"type\":\"session_leave\"}");
    bob.peer.await("session_left");
    assertThat(created(bob.peer, "")).as("whoever has left may go on as before").hasSize(8);
  }

  /** A client that can stop reading. */
  private static final class Sleeper implements WebSocket.Listener {
    private final BlockingQueue<Long> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final Semaphore awake = new Semaphore(1);
    private WebSocket socket;

    static Sleeper join(int port, String sessionId) {
      Sleeper sleeper = new Sleeper();
      sleeper.socket = HttpClient.newHttpClient().newWebSocketBuilder()
          .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/jam?token=" + BOB), sleeper).join();
      sleeper.socket.sendText("{\"type\":\"jam_hello\",\"protocolVersion\":1}", true).join();
      sleeper.socket.sendText("{\"type\":\"session_join\",\"sessionId\":\"" + sessionId + "\"}", true).join();
      sleeper.joined.orTimeout(20, TimeUnit.SECONDS).join();
      return sleeper;
    }

    long next() throws InterruptedException {
      return frames.poll(20, TimeUnit.SECONDS);
    }

    private void more() {
      awake.acquireUninterruptibly();
      awake.release();
      socket.request(1);
    }

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      if (data.toString().contains("session_joined")) {
        joined.complete(null);
      }
      more();
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      frames.add(data.order(ByteOrder.LITTLE_ENDIAN).getInt(data.position()) & 0xFFFFFFFFL);
      more();
      return null;
    }
  }

  @Test
  void whoReadsSlowlyThroughARelayMissesFramesAndHoldsUpNobody() throws InterruptedException {
    // a node with patience for pings that nobody reads
    Musician ann = musician(two.port(), ANN, "Ann");
    String id = created(ann.peer, ",\"blockSize\":512");
    Sleeper sleeper = Sleeper.join(three.port(), id);
    ann.peer.send("{\"type\":\"transport_play\"}");
    long heard = 0;
    for (int i = 0; i < 100; i++) { // until pings between frames have been answered
      heard = sleeper.next();
    }
    sleeper.awake.acquireUninterruptibly();
    awaitTick(ann.peer, 6);
    long now = ann.peer.drainFrames().getLast().seq();
    sleeper.awake.release();
    int came = 0;
    for (long next = heard; next < now; next = sleeper.next()) {
      came++;
    }
    assertThat(now - heard - came).as("frames left out of " + (now - heard) + ", instead of all of them kept waiting").isGreaterThan(100);
    sleeper.socket.abort();
  }

  @Test
  void closeCodesComeThroughAndAnUnknownTicketOpensNothing() {
    Musician ann = musician(one.port(), ANN, "Ann");
    String id = created(ann.peer, "");
    Musician bob = musician(three.port(), BOB, "Bob");
    bob.peer.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\",\"role\":\"spectator\"}");
    bob.peer.await("session_joined");
    ann.peer.send("{\"type\":\"session_leave\"}");
    assertThat(bob.peer.awaitClosing()).isEqualTo(new LivePeer.Closing(4003, "Session destroyed"));

    LivePeer stranger = LivePeer.connect(one.port(), "/ws/jam", Map.of("X-Cantora-Relay", "0123456789abcdef".repeat(2)));
    assertThat(stranger.awaitClosing()).isEqualTo(new LivePeer.Closing(4001, "Unauthorized"));
    Musician late = musician(two.port(), BOB, "Late");
    await("the session is gone everywhere", () -> {
      late.peer.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\"}");
      return late.peer.await("jam_error").get("code").asText().equals("SESSION_NOT_FOUND");
    });
  }

  @Test
  void whoLosesTheConnectionGoesOnThroughAnotherNode() {
    Musician ann = musician(one.port(), ANN, "Ann");
    String id = created(ann.peer, "");
    Musician bob = musician(two.port(), BOB, "Bob");
    joined(bob.peer, id);
    bob.peer.vanish();
    ann.peer.await(message -> message.path("type").asText().equals("participant_updated")
        && !message.at("/participant/connected").asBoolean(), "Bob is away");
    Musician back = resumed(three.port(), BOB, bob);
    assertThat(back.peer.await("session_joined").at("/snapshot/sessionId").asText()).isEqualTo(id);
    ann.peer.await(message -> message.path("type").asText().equals("participant_updated")
        && message.at("/participant/connected").asBoolean(), "Bob is back");
    LivePeer thief = connect(two.port(), ANN);
    thief.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"resumeToken\":\"" + bob.token + "\"}");
    assertThat(thief.await("jam_hello_ack").get("resumed").asBoolean()).as("another principal").isFalse();
  }

  @Test
  void aTapeIsExportedFromAnyNodeByItsOwnerOnly() {
    Musician ann = musician(one.port(), ANN, "Ann");
    String id = created(ann.peer, "");
    String lead = track(ann.peer, "Lead");
    assertThat(two.post("/api/v1/jams/" + id + "/export", "{}", "Authorization", "Bearer " + ANN).code()).isEqualTo("NO_RECORDING");
    ann.peer.send("{\"type\":\"record_start\"}");
    ann.peer.await("record_status");
    note(ann.peer, lead, "a", 64);
    ann.peer.send("{\"type\":\"record_stop\"}");
    ann.peer.await("record_status");
    Reply here = one.post("/api/v1/jams/" + id + "/export", "{}", "Authorization", "Bearer " + ANN);
    Reply there = two.post("/api/v1/jams/" + id + "/export", "{}", "Authorization", "Bearer " + ANN);
    assertThat(there.status()).as(there.toString()).isEqualTo(200);
    assertThat(there.json().get("wavHash")).isEqualTo(here.json().get("wavHash"));
    assertThat(three.post("/api/v1/jams/" + id + "/export", "{}", "Authorization", "Bearer " + BOB).status()).isEqualTo(403);
    assertThat(three.post("/api/v1/jams/00000000/export", "{}", "Authorization", "Bearer " + ANN).status()).isEqualTo(404);
  }

  @Test
  void aNodeThatDrainsHandsItsJamsOverAndTheTapeRunsOn() {
    Musician ann;
    Musician bob;
    String id;
    String lead;
    try (TestDaemon four = node("four")) {
      ann = musician(four.port(), ANN, "Ann");
      id = created(ann.peer, ",\"name\":\"Tour\",\"bpm\":90,\"seed\":5");
      lead = track(ann.peer, "Lead");
      ann.peer.send("{\"type\":\"track_update\",\"trackId\":\"" + lead + "\",\"gain\":0.4}");
      ann.peer.send("{\"type\":\"transport_set\",\"loopEnabled\":true,\"loopStartSec\":10,\"loopEndSec\":20}");
      ann.peer.send("{\"type\":\"session_set_quantize\",\"grid\":\"1/8\"}");
      ann.peer.await("quantize_ack");
      bob = musician(two.port(), BOB, "Bob");
      joined(bob.peer, id);
      ann.peer.send("{\"type\":\"record_start\"}");
      ann.peer.await("record_status");
      ann.peer.send("{\"type\":\"transport_play\"}");
      note(ann.peer, lead, "before", 60);
      awaitTick(ann.peer, 0.4);
      assertThat(four.server().stop(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(ann.peer.awaitClosing()).isEqualTo(new LivePeer.Closing(1001, "Server shutting down"));
    assertThat(bob.peer.awaitClosing()).as("through the relay").isEqualTo(new LivePeer.Closing(1001, "Server shutting down"));
    JsonNode card = three.get("/api/v1/jams", "Authorization", "Bearer " + ANN).json().path("jams").findParent("sessionId");
    assertThat(listed(three)).contains(id);
    assertThat(card).isNotNull();
    assertThat(one.post("/api/v1/jams/" + id + "/export", "{}", "Authorization", "Bearer " + ANN).status())
        .as("its tape can be had while nobody has it").isEqualTo(200);

    Musician bobAgain = resumed(two.port(), BOB, bob);
    JsonNode snapshot = bobAgain.peer.await("session_joined").get("snapshot");
    assertThat(snapshot.get("sessionId").asText()).isEqualTo(id);
    assertThat(snapshot.get("name").asText()).isEqualTo("Tour");
    assertThat(snapshot.get("seed").asInt()).isEqualTo(5);
    assertThat(snapshot.at("/tracks/0/gain").asDouble()).isEqualTo(0.4);
    assertThat(snapshot.get("quantizeGrid").asText()).isEqualTo("1/8");
    assertThat(snapshot.at("/transport/bpm").asDouble()).isEqualTo(90);
    assertThat(snapshot.at("/transport/loopEnabled").asBoolean()).isTrue();
    assertThat(snapshot.at("/transport/loopEndSec").asDouble()).isEqualTo(20);
    assertThat(snapshot.at("/transport/playing").asBoolean()).as("the song goes on").isTrue();
    assertThat(snapshot.at("/transport/currentSample").asLong()).isGreaterThan(19_200);
    assertThat(snapshot.get("recording").asBoolean()).as("the tape runs on").isTrue();
    Musician annAgain = resumed(three.port(), ANN, ann);
    assertThat(annAgain.peer.await("session_joined").at("/snapshot/participants")).hasSize(2);
    assertThat(bobAgain.peer.await("host_changed").get("hostId").asText()).as("the host is back").isEqualTo(ann.participantId);

    note(annAgain.peer, lead, "after", 67);
    assertThat(track(annAgain.peer, "Bass")).as("numbers are not used twice").isEqualTo("track-2");
    annAgain.peer.send("{\"type\":\"record_stop\"}");
    annAgain.peer.await(message -> message.path("type").asText().equals("record_status")
        && !message.get("recording").asBoolean(), "the end of the recording");
    annAgain.peer.send("{\"type\":\"record_export\"}");
    String render = annAgain.peer.await("record_exported").get("renderId").asText();
    JsonNode tape = one.get("/api/v1/renders/" + render + "/score", "Authorization", "Bearer " + ANN).json().get("eventTape");
    assertThat(tape.get("tracks")).hasSize(2);
    assertThat(tape.get("events").findValuesAsText("noteId")).contains("before", "after");
    long last = 0;
    for (JsonNode event : tape.get("events")) {
      assertThat(event.get("tSample").asLong()).isGreaterThanOrEqualTo(last);
      last = event.get("tSample").asLong();
    }
    assertThat(tape.get("recordedSamples").asLong()).isGreaterThan(19_200);
  }

  @Test
  void aNodeThatIsKilledTakesItsSessionsOutOfTheListAndRelayedClientsHear() throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    Path presets = temp.resolve("presets");
    TestVoice.install(presets, VOICE);
    try (NodeProcess five = NodeProcess.start(temp.resolve("five"), NodeProcess.freePort(), presets, Map.of("CANTORA_CLUSTER", nats.urls(),
        "CANTORA_NODE_ID", "five", "AUTH_KEYS", KEYS)).awaitReady(http)) {
      Musician ann = musician(five.port(), ANN, "Ann");
      String id = created(ann.peer, "");
      Musician bob = musician(two.port(), BOB, "Bob");
      joined(bob.peer, id);
      five.kill();
      assertThat(bob.peer.awaitClosing()).isEqualTo(new LivePeer.Closing(1001, "The node is gone"));
      await("nobody lists it", () -> !listed(one).contains(id) && !listed(two).contains(id));
      Musician again = musician(two.port(), BOB, "Bob");
      again.peer.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\"}");
      assertThat(again.peer.await("jam_error").get("code").asText()).isEqualTo("SESSION_NOT_FOUND");
    }
  }
}
