package dev.cantora.daemon.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.jam.JamClientMessage;
import dev.cantora.api.live.LiveClientMessage;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.json.SocketMessages;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import dev.cantora.fuzz.HostileBytes;
import dev.cantora.fuzz.RawPeer;
import dev.cantora.fuzz.SocketTalk.Channel;
import dev.cantora.fuzz.SocketTalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Messages made from the AsyncAPI document and mutated, over real sockets, while somebody plays live in the same daemon.
 * {@code ./cantora bench fuzz} does the same a million times.
 */
@Timeout(180)
class SocketFuzzTest {
  private static final int CONNECTIONS = Integer.getInteger("cantora.test.fuzz.connections", 20);
  /** As many as one connection may send at once. */
  private static final int MESSAGES = 195;
  private static final long SEED = 20261124;
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("LOG_LEVEL", "error", "MAX_LIVE_SESSIONS", "50", "MAX_JAM_SESSIONS", "200", "MAX_RENDER_DURATION_SEC", "5");
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMadeFromTheDocumentFitsIt(Channel channel) {
    Schemas schemas = Schemas.load("asyncapi.json", Map.of());
    SocketMessages<?> messages = switch (channel) {
      case LIVE -> new SocketMessages<>(LiveClientMessage.class, schemas);
      case JAM -> new SocketMessages<>(JamClientMessage.class, schemas);
    };
    SocketTalk talk = new SocketTalk(channel, SEED);
    assertThat(talk.types()).hasSizeGreaterThan(10);
    for (String type : talk.types()) {
      for (int i = 0; i < 40; i++) {
        String message = Json.text(talk.message(type));
        assertThat(messages.read(message)).as(message).isInstanceOf(SocketMessages.Valid.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void mutatedMessagesEndNothingAndTheBystanderHearsOn(Channel channel) throws IOException {
    SocketTalk talk = new SocketTalk(channel, SEED);
    try (LivePeer bystander = LivePeer.connect(daemon.port(), "/ws")) {
      bystander.send("{\"type\":\"hello\",\"protocolVersion\":1}");
      bystander.await("hello_ack");
      bystander.send("{\"type\":\"note_on\",\"noteId\":\"held\",\"midi\":60,\"velocity\":0.7}");
      bystander.await("note_ack");
      for (int i = 0; i < CONNECTIONS; i++) {
        try (RawPeer peer = RawPeer.connected(daemon.port(), channel.path())) {
          enter(channel, peer, talk);
          talkTo(peer, talk);
        }
      }
      List<Long> heard = new ArrayList<>(bystander.drainFrames().stream().map(LivePeer.Frame::seq).toList());
      for (int i = 0; i < 20; i++) {
        heard.add(bystander.nextFrame().seq());
      }
      assertThat(heard).as("that none is missing is for the benchmark to say").isSorted().doesNotHaveDuplicates();
      assertThat(bystander.rawTexts()).noneMatch(text -> text.contains("\"error\""));
    }
    assertUnharmed();
  }

  /** A player in a session with a track, so that most messages have something to work on. */
  private static void enter(Channel channel, RawPeer peer, SocketTalk talk) throws IOException {
    if (channel == Channel.LIVE) {
      peer.text("{\"type\":\"hello\",\"protocolVersion\":1}");
      return;
    }
    peer.text("{\"type\":\"jam_hello\",\"protocolVersion\":1}");
    peer.text("{\"type\":\"session_create\"}");
    peer.text("{\"type\":\"track_add\",\"presetId\":\"default-voice\"}");
    for (RawPeer.Frame frame = peer.next(); !frame.text().contains("\"track_added\""); frame = peer.next()) {
      talk.overhear(frame.text());
      assertThat(frame.text()).doesNotContain("jam_error");
    }
  }

  private static void talkTo(RawPeer peer, SocketTalk talk) throws IOException {
    CompletableFuture<Void> listener = CompletableFuture.runAsync(() -> listen(peer, talk), Thread::startVirtualThread);
    try {
      for (int i = 0; i < MESSAGES; i++) {
        peer.frame(0x81, talk.utterance());
      }
      peer.close(1000);
    } catch (IOException closedByTheDaemon) {
      // invalid UTF-8, for example
    }
    listener.join();
  }

  private static void listen(RawPeer peer, SocketTalk talk) {
    try {
      for (RawPeer.Frame frame = peer.next(); frame != null && frame.opCode() != 8; frame = peer.next()) {
        if (frame.opCode() == 1) {
          ErrorProof.assertNoLeak(frame.text());
          talk.overhear(frame.text());
        }
      }
    } catch (IOException gone) {
      // the end of this connection
    }
  }

  @Test
  void rawFramesEndNothing() throws IOException {
    HostileBytes bytes = new HostileBytes(SEED);
    for (int i = 0; i < 300; i++) {
      try (RawPeer peer = RawPeer.connected(daemon.port(), i % 2 == 0 ? "/ws" : "/ws/jam")) {
        for (int k = 0; k < 10; k++) {
          peer.bytes(bytes.frame());
        }
        peer.reset();
      } catch (IOException closedByTheDaemon) {
        // most of these frames are a violation
      }
    }
    assertUnharmed();
  }

  private static void assertUnharmed() {
    assertThat(daemon.get("/livez").text()).isEqualTo("ok");
    assertThat(daemon.log().lines()).as("nothing the daemon did not expect")
        .noneMatch(line -> line.startsWith("{\"level\":50") || line.startsWith("{\"level\":60"));
  }
}
