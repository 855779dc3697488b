package dev.cantora.daemon.cluster;

import static dev.cantora.daemon.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.jam.JamDirectory;
import dev.cantora.daemon.jam.session.KeptRoom;
import dev.cantora.daemon.jam.session.SessionCard;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.time.TimeSignature;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that takes a jam session over and ends before anybody is in it again does not take the session with it. */
class ClusterJamTakeOverTest {
  private static final String ID = "0a1b2c3d";
  private static final String VOICE = "default-voice";
  private static final JamDirectory.Person ANN = new JamDirectory.Person("hash", "ann");

  @TempDir
  Path temp;
  private NatsServers nats;
  private ClusterLink link;
  private final List<LivePeer> peers = new ArrayList<>();

  @BeforeEach
  void start() {
    nats = NatsServers.start(temp.resolve("nats"), 1);
    link = nats.link("test");
  }

  @AfterEach
  void stop() {
    peers.forEach(LivePeer::close);
    link.close();
    nats.close();
  }

  /** A node without a daemon, which has the rooms it is told to have. */
  private final class Node implements JamDirectory.Desk, AutoCloseable {
    private final Nodes nodes;
    private final ClusterJams jams;
    private volatile List<JamDirectory.Room> rooms = List.of();

    Node(String id) {
      nodes = new Nodes(link, id, "2.0.0");
      nodes.listensAt("http://127.0.0.1:1/" + id);
      jams = new ClusterJams(link, nodes);
      jams.open(this);
    }

    @Override
    public List<JamDirectory.Room> rooms() {
      return rooms;
    }

    @Override
    public Optional<JamDirectory.Room> room(String sessionId) {
      return rooms.stream().filter(room -> room.card().sessionId().equals(sessionId)).findFirst();
    }

    @Override
    public Optional<JamDirectory.Tape> lend(String sessionId) {
      return Optional.empty();
    }

    void adopt(KeptRoom room) {
      rooms = List.of(new JamDirectory.Room(SessionCard.asleep(room.state()), List.of(ANN)));
    }

    /** Somebody is in it. */
    void open(KeptRoom room) {
      SessionCard card = SessionCard.asleep(room.state());
      rooms = List.of(new JamDirectory.Room(new SessionCard(ID, card.name(), true, card.createdAtMs(), "ann", 1, 0, 0, true,
          card.bpm(), false, false), List.of(ANN)));
      jams.tell(ID);
    }

    @Override
    public void close() {
      jams.close();
      nodes.close();
    }
  }

  private static KeptRoom room() {
    return new KeptRoom(new SessionState(ID, "Tour", true, 1, 90, TimeSignature.COMMON, 256, 5, 19_200, false, "off", 1, "p1",
        "ann", List.of(), List.of(), List.of(), null, null), null, Map.of());
  }

  private void handOver() {
    try (Node stopping = new Node("stopping")) {
      assertThat(stopping.jams.handOver(room(), List.of(ANN))).isTrue();
    }
  }

  private static boolean isAsleep(Node seenBy) {
    return seenBy.jams.find(ID).orElse(null) instanceof JamDirectory.Asleep;
  }

  private long objects() {
    return Objects.open(link, JamObjects.STORE).list().size();
  }

  @Test
  void aNodeThatEndsBetweenTheTakeOverAndTheFirstWhoComesBackLeavesItToTheNext() {
    handOver();
    try (Node next = new Node("next")) {
      try (Node taker = new Node("taker")) {
        taker.jams.takeOver(ID, taker::adopt);
        assertThat(taker.rooms).hasSize(1);
        assertThat(next.jams.find(ID)).as("while it lives").containsInstanceOf(JamDirectory.Elsewhere.class);
        next.jams.takeOver(ID, next::adopt);
        assertThat(next.rooms).as("a living node keeps what it took").isEmpty();
      }
      await("its node is gone", () -> isAsleep(next));
      assertThat(next.jams.others()).extracting(SessionCard::sessionId).containsExactly(ID);
      assertThat(next.jams.sessionOf(ANN)).contains(ID);
      next.jams.sweep();
      assertThat(isAsleep(next)).as("a sweep does not take it for a dead node's").isTrue();
      KeptRoom[] taken = new KeptRoom[1];
      next.jams.takeOver(ID, room -> {
        taken[0] = room;
        next.adopt(room);
      });
      assertThat(taken[0]).isEqualTo(room());
    }
  }

  @Test
  void aNodeThatCannotTakeItAfterAllGivesItBack() {
    handOver();
    try (Node next = new Node("next"); Node taker = new Node("taker")) {
      taker.jams.takeOver(ID, room -> {
        throw new IllegalStateException("no room for it");
      });
      await("it is given back", () -> isAsleep(next));
      next.jams.takeOver(ID, next::adopt);
      assertThat(next.rooms).hasSize(1);
    }
  }

  @Test
  void whatWasHandedOverGoesWhenSomebodyIsInTheSessionAgainAndTheSessionWithItsNode() {
    handOver();
    try (Node next = new Node("next")) {
      try (Node taker = new Node("taker")) {
        taker.jams.takeOver(ID, taker::adopt);
        assertThat(objects()).isEqualTo(1);
        taker.open(room());
        await("nothing needs it any more", () -> objects() == 0);
      }
      await("its node is gone", () -> next.jams.others().isEmpty());
      next.jams.sweep();
      assertThat(next.jams.find(ID)).isEmpty();
    }
  }

  private JsonNode hello(int port, String token) {
    LivePeer peer = LivePeer.connect(port, "/ws/jam");
    peers.add(peer);
    peer.send("{\"type\":\"jam_hello\",\"protocolVersion\":1" + (token == null ? "" : ",\"resumeToken\":\"" + token + "\"") + "}");
    return peer.await("jam_hello_ack");
  }

  private LivePeer lastPeer() {
    return peers.getLast();
  }

  @Test
  void aNodeThatIsKilledWithASessionThatItTookAndCouldNotOpenLeavesItToAnother() throws Exception {
    String token;
    String id;
    try (TestDaemon stopping = TestDaemon.start("CANTORA_CLUSTER", nats.urls(), "CANTORA_NODE_ID", "stopping")) {
      TestVoice.install(stopping.folder().resolve("presets"), VOICE);
      token = hello(stopping.port(), null).get("resumeToken").asText();
      lastPeer().send("{\"type\":\"session_create\",\"name\":\"Tour\"}");
      id = lastPeer().await("session_created").at("/snapshot/sessionId").asText();
      lastPeer().send("{\"type\":\"track_add\",\"presetId\":\"" + VOICE + "\",\"name\":\"Lead\"}");
      lastPeer().await("track_added");
      assertThat(stopping.server().stop(Duration.ofSeconds(20))).isTrue();
    }
    TestVoice.install(temp.resolve("presets"), VOICE);
    try (TestDaemon next = TestDaemon.start("CANTORA_CLUSTER", nats.urls(), "CANTORA_NODE_ID", "next");
        NodeProcess full = NodeProcess.start(temp.resolve("full"), NodeProcess.freePort(), temp.resolve("presets"),
            Map.of("CANTORA_CLUSTER", nats.urls(), "CANTORA_NODE_ID", "full", "MAX_JAM_SESSIONS", "1"));
        JamLines lines = new JamLines(link)) {
      TestVoice.install(next.folder().resolve("presets"), VOICE);
      full.awaitReady(HttpClient.newHttpClient());
      hello(full.port(), null);
      lastPeer().send("{\"type\":\"session_create\"}");
      lastPeer().await("session_created");
      assertThat(hello(full.port(), token).get("resumed").asBoolean()).as("no room for another").isFalse();
      assertThat(lines.now(id).orElseThrow().node()).as("it took the session all the same").isEqualTo("full");
      full.kill();
      await("its node is gone", () -> !next.get("/api/v1/health/detailed").json().at("/cluster/nodes").findValuesAsText("nodeId")
          .contains("full"));
      assertThat(hello(next.port(), token).get("resumed").asBoolean()).isTrue();
      JsonNode snapshot = lastPeer().await("session_joined").get("snapshot");
      assertThat(snapshot.get("sessionId").asText()).isEqualTo(id);
      assertThat(snapshot.at("/tracks/0/name").asText()).isEqualTo("Lead");
    }
  }
}
