package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.cantora.daemon.testing.LogCapture;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveNote;
import dev.cantora.fuzz.RawPeer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How sessions begin and end, and that one does not disturb another. */
@Timeout(120)
class LiveSessionsTest {

  /** Far enough ahead that the note is known in time on a busy machine. */
  private static final long NOTE_SAMPLE = 96_000;

  @TempDir
  Path folder;

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
  void anErrorOnTheAudioThreadEndsItsSessionWith1011AndNoOther() {
    try (LogCapture log = new LogCapture(); LiveServer server = LiveServer.start();
        LivePeer other = server.greet(""); LivePeer failing = server.greet(",\"presetId\":\"failing\"")) {
      other.send("{\"type\":\"transport\",\"command\":\"play\"}");
      failing.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1}");
      assertThat(failing.awaitClosing()).isEqualTo(new LivePeer.Closing(1011, "Internal error"));
      log.await("live_session_failed", any -> true);
      while (server.clock.tasks() > 1) {
        Thread.onSpinWait();
      }
      other.drainFrames();
      other.play(20);
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
  void aThousandPlayersWhoVanishOrFreezeLeaveNoSessionNoVoiceAndNoThread() throws Exception {
    int players = 1000;
    try (LiveServer server = LiveServer.start("MAX_LIVE_SESSIONS", "1000", "WS_PING_INTERVAL_MS", "500",
        "WS_MAX_MISSED_PINGS", "2")) {
      int threadsBefore = Thread.activeCount();
      long virtualBefore = virtualThreads();
      try (RawPeer first = RawPeer.connected(server.port(), "/ws")) {
        while (server.endpoint.activeSessions() == 0) {
          Thread.onSpinWait();
        }
        assertThat(virtualThreads()).as("a connection has a thread, and it is counted").isGreaterThan(virtualBefore);
      }
      List<RawPeer> peers = new ArrayList<>();
      try {
        for (int i = 0; i < players; i++) {
          RawPeer peer = RawPeer.connected(server.port(), "/ws");
          peer.text("{\"type\":\"hello\",\"protocolVersion\":1,\"blockSize\":2048,\"maxPolyphony\":1}");
          peer.text("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1}");
          // two of three go at once, by FIN and by RST; the third neither reads nor answers pings from now on
          if (i % 3 == 0) {
            peer.close();
          } else if (i % 3 == 1) {
            peer.reset();
          } else {
            peers.add(peer);
          }
        }
        while (server.endpoint.activeSessions() > 0 || server.clock.tasks() > 0) {
          Thread.sleep(5);
        }
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore + 2);
        while (virtualThreads() > virtualBefore) {
          Thread.sleep(20);
        }
      } finally {
        for (RawPeer peer : peers) {
          peer.reset();
        }
      }
    }
  }

  /** Virtual threads are in no thread group; the JDK's dump lists them. */
  private long virtualThreads() throws java.io.IOException {
    Path dump = folder.resolve("threads");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      try (Stream<String> lines = Files.lines(dump)) {
        return lines.filter(line -> line.matches("#\\d+ \".*\" virtual.*")).count();
      }
    } finally {
      Files.deleteIfExists(dump);
    }
  }

  @Test
  void aReaderThatStopsHasAtMostASecondComingThenLosesFramesThatCountAndTheOthersLoseNone() throws Exception {
    try (LiveServer server = LiveServer.start("MAX_LIVE_SESSIONS", "10");
        LivePeer quick = server.greet("");
        RawPeer slow = RawPeer.connected(server.port(), "/ws")) {
      slow.text("{\"type\":\"hello\",\"protocolVersion\":1}");
      slow.text("{\"type\":\"transport\",\"command\":\"play\"}");
      quick.send("{\"type\":\"transport\",\"command\":\"play\"}");
      quick.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"atSample\":" + NOTE_SAMPLE + "}");
      long lastRead = 0;
      while (lastRead < 150) {
        lastRead = audio(slow);
      }
      VoiceChain alone = new VoiceChain(ToneInstrument.LIBRARY.load("default-voice"), new LiveConfig(48000, 1, 4, 123456789, null));
      alone.apply(new ChainEvent.NoteOn(new LiveNote("a", 60, 1, null, null, null, 0, List.of()), NOTE_SAMPLE), 0);
      float[] block = new float[512];
      for (int i = 0; i < 400; i++) {
        LivePeer.Frame frame = quick.nextFrame();
        assertThat(frame.seq()).isEqualTo(i);
        alone.render(block, block.length);
        assertThat(frame.samples()).as("frame %d, as a session has it that is alone", i).isEqualTo(block);
      }
      int waiting = 0;
      long next = audio(slow);
      while (next == lastRead + 1) {
        waiting++;
        lastRead = next;
        next = audio(slow);
      }
      assertThat(waiting).as("frames of 10.7 ms that were still to be had").isBetween(20, 94);
      assertThat(next - lastRead).as("skipped, and counted").isGreaterThan(50);
      for (int i = 0; i < 50; i++) {
        long later = audio(slow);
        assertThat(later).as("it goes on").isGreaterThan(next);
        next = later;
      }
    }
  }

  /** Sequence number of the next audio frame; pings are answered. */
  private static long audio(RawPeer peer) throws java.io.IOException {
    while (true) {
      RawPeer.Frame frame = peer.next();
      if (frame.opCode() == 2) {
        return java.nio.ByteBuffer.wrap(frame.payload()).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt();
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
