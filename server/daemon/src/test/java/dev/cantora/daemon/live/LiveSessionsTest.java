package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.socket.RawPeer;
import dev.cantora.daemon.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How sessions begin and end, and that one does not disturb another. */
@Timeout(120)
class LiveSessionsTest {

  @Test
  void aFullServerSaysSoAndLogsItAndAFreedPlaceIsTakenAtOnce() {
    try (LogCapture log = new LogCapture(); LiveServer server = LiveServer.start("MAX_LIVE_SESSIONS", "2")) {
      LivePeer first = server.connect();
      LivePeer second = server.greet("");
      assertThat(server.connect().awaitClosing()).isEqualTo(new LivePeer.Closing(4002, "Server full (2/2)"));
      JsonNode event = log.await("live_session_rejected_full", any -> true);
      assertThat(event.path("active").asInt()).isEqualTo(2);
      assertThat(event.path("max").asInt()).isEqualTo(2);
      first.vanish();
      log.await("live_session_disconnected", any -> true);
      server.greet("").close();
      second.close();
    }
  }

  @Test
  void aPeerThatAnswersNoPingIsClosedAndItsPlaceFreed() throws Exception {
    try (LogCapture log = new LogCapture();
        LiveServer server = LiveServer.start("WS_PING_INTERVAL_MS", "100", "WS_MAX_MISSED_PINGS", "2");
        RawPeer peer = RawPeer.connected(server.port(), "/ws")) {
      RawPeer.Frame frame = peer.read();
      while (frame.opCode() == 9) {
        frame = peer.read();
      }
      assertThat(frame.closeCode()).isEqualTo(1008);
      log.await("ws_idle_timeout", any -> true);
      log.await("live_session_disconnected", event -> event.path("closeCode").asInt() == 1008);
      assertThat(server.endpoint.activeSessions()).isZero();
    }
  }

  @Test
  void hundredsOfPlayersWhoVanishLeaveNoSessionNoTaskAndNoThread() throws Exception {
    int players = 300;
    try (LiveServer server = LiveServer.start("MAX_LIVE_SESSIONS", "1000")) {
      int threadsBefore = Thread.activeCount();
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < players; i++) {
        RawPeer peer = RawPeer.connected(server.port(), "/ws");
        peer.text("{\"type\":\"hello\",\"protocolVersion\":1,\"blockSize\":2048}");
        peer.text("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1}");
        peers.add(peer);
      }
      while (server.clock.tasks() < players) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < players; i++) {
        if (i % 2 == 0) {
          peers.get(i).reset();
        } else {
          peers.get(i).close();
        }
      }
      long leftNs = System.nanoTime();
      while (server.endpoint.activeSessions() > 0 || server.clock.tasks() > 0) {
        Thread.onSpinWait();
      }
      assertThat(System.nanoTime() - leftNs).isLessThan(10_000_000_000L);
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore + 2);
    }
  }

  @Test
  void aSlowReaderLosesFramesAndTheOthersLoseNone() throws Exception {
    try (LiveServer server = LiveServer.start("MAX_LIVE_SESSIONS", "10");
        LivePeer quick = server.greet("");
        RawPeer slow = new RawPeer(server.port())) {
      slow.socket().setReceiveBufferSize(4096);
      assertThat(slow.handshake("/ws", "")).startsWith("HTTP/1.1 101");
      slow.text("{\"type\":\"hello\",\"protocolVersion\":1,\"blockSize\":2048,\"channels\":2}");
      slow.text("{\"type\":\"transport\",\"command\":\"play\"}");
      quick.send("{\"type\":\"transport\",\"command\":\"play\"}");
      long expected = 0;
      for (int i = 0; i < 300; i++) {
        assertThat(quick.nextFrame().seq()).isEqualTo(expected++);
      }
    }
  }

  @Test
  void aFullQueueSkipsFramesButTheSequenceCounts() {
    FakeOutput output = new FakeOutput();
    SessionDriver driver = new SessionDriver(output, new MemoryStore());
    driver.open(512);
    driver.post(new SessionEvent.Transport(dev.cantora.api.live.TransportCommand.Command.PLAY));
    driver.runBlocks(150);
    assertThat(output.queue.backlog()).isEqualTo(93);
    output.takeAll();
    driver.runBlocks(1);
    assertThat(output.lastSequence()).isEqualTo(150);
  }
}
