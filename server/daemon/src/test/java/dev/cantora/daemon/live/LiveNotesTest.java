package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Notes, words and controllers of a live session over a real socket, and when they sound. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LiveNotesTest {

  private LiveServer server;

  @BeforeAll
  void start() {
    server = LiveServer.start("MAX_LIVE_SESSIONS", "1000");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aNoteStartsTheTransportWithoutAckAndSounds() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      JsonNode ack = peer.next();
      assertThat(ack.path("type").asText()).isEqualTo("note_ack");
      assertThat(ack.path("noteId").asText()).isEqualTo("a");
      assertThat(ack.path("voiceIndex").asInt()).isZero();
      assertThat(ack.path("stolen").asBoolean()).isFalse();
      assertThat(peer.nextFrame().seq()).isZero();
      assertThat(Samples.loudest(peer.play(4))).isCloseTo((float) Math.tanh(0.2), within(0.01f));
    }
  }

  @Test
  void aNoteSoundsAtTheSampleThatItsAckNames() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      peer.play(3);
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1}");
      long at = peer.await("note_ack").path("atSample").asLong();
      long silent = 3 * 512;
      while (true) {
        float[] samples = peer.nextFrame().samples();
        for (int i = 0; i < samples.length; i++) {
          if (samples[i] != 0) {
            assertThat(silent + i).isEqualTo(at);
            return;
          }
        }
        silent += 512;
      }
    }
  }

  @Test
  void aNoteForASampleSoundsThere() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"atSample\":48333}");
      peer.send("{\"type\":\"note_off\",\"noteId\":\"a\",\"releaseMs\":0,\"atSample\":60000}");
      float[] samples = peer.play(130);
      assertThat(Samples.firstSound(samples)).isEqualTo(48333);
      assertThat(Samples.lastSound(samples)).isBetween(59995, 60001);
    }
  }

  @Test
  void theEndOfANoteNeverOvertakesItsStart() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"atSample\":40000}");
      peer.send("{\"type\":\"note_off\",\"noteId\":\"a\",\"releaseMs\":1}");
      float[] samples = peer.play(130);
      assertThat(Samples.lastSound(samples)).isLessThan(40100);
    }
  }

  @Test
  void notesWithTheClientsTimeKeepTheirDistanceWhateverTheNetworkDoes() throws InterruptedException {
    try (LivePeer peer = server.greet(",\"eventDelayMs\":500")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"clientTimeMs\":5000}");
      // the second message is held up on its way
      Thread.sleep(80);
      peer.send("{\"type\":\"note_on\",\"noteId\":\"b\",\"midi\":64,\"velocity\":1,\"clientTimeMs\":5025}");
      long first = peer.await("note_ack").path("atSample").asLong();
      long second = peer.await("note_ack").path("atSample").asLong();
      assertThat(second - first).isBetween(1199L, 1201L);
    }
  }

  @Test
  void stopRendersTheReleaseThenAcksAndTheNextPlayStartsAtZeroInSilence() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      peer.play(5);
      peer.send("{\"type\":\"transport\",\"command\":\"stop\"}");
      JsonNode ack = peer.await("transport_ack");
      assertThat(ack.path("state").asText()).isEqualTo("stopped");
      float[] rest = Samples.concatenated(peer.drainFrames());
      assertThat(Math.abs(rest[rest.length - 1])).isLessThan(1e-3f);
      assertThat(5 * 512 + rest.length).isEqualTo(ack.path("samplePosition").asInt());
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      LivePeer.Frame first = peer.nextFrame();
      assertThat(first.seq()).isZero();
      assertThat(first.samples()).containsOnly(0f);
    }
  }

  @Test
  void panicReportsTheStateAndTheFramesGoOn() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"panic\"}");
      assertThat(peer.await("transport_ack").path("state").asText()).isEqualTo("stopped");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      peer.play(4);
      peer.send("{\"type\":\"transport\",\"command\":\"panic\"}");
      assertThat(peer.await("transport_ack").path("state").asText()).isEqualTo("playing");
      peer.drainFrames();
      assertThat(Samples.loudest(java.util.Arrays.copyOfRange(peer.play(12), 10 * 512, 12 * 512))).isZero();
    }
  }

  @Test
  void theSameNoteIdRetriggersAndAFullPoolIsReported() {
    try (LivePeer peer = server.greet(",\"maxPolyphony\":2")) {
      for (String id : new String[] {"a", "a", "b", "c"}) {
        peer.send("{\"type\":\"note_on\",\"noteId\":\"" + id + "\",\"midi\":69,\"velocity\":1}");
        assertThat(peer.await("note_ack").path("stolen").asBoolean()).isEqualTo(id.equals("c"));
        peer.play(2);
      }
    }
  }

  @Test
  void wordsAreSungSyllableBySyllable() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"queue_lyrics\",\"text\":\"amazing - grace\"}");
      JsonNode status = peer.await("lyrics_status");
      assertThat(status.path("queued").asInt()).isEqualTo(5);
      assertThat(status.path("next").asText()).isEqualTo("AH");
      assertThat(syllable(peer, "")).isEqualTo("AH");
      assertThat(syllable(peer, "")).isEqualTo("M EY");
      assertThat(syllable(peer, "")).isEqualTo("Z IH NG");
      assertThat(syllable(peer, "")).isEqualTo("IH");
      assertThat(syllable(peer, ",\"phonemes\":[\"L\",\"AA1\"]")).isEqualTo("L AA");
      assertThat(syllable(peer, ",\"lyric\":\"-\"")).isEqualTo("AA");
      assertThat(syllable(peer, "")).isEqualTo("G R EY S");
      assertThat(syllable(peer, "")).isEmpty();
      assertThat(syllable(peer, ",\"lyric\":\"hello\"")).isEqualTo("HH AH");
      assertThat(syllable(peer, "")).isEqualTo("L OW");
    }
  }

  @Test
  void whatWaitsIsToldWheneverANoteChangesIt() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"queue_lyrics\",\"text\":\"la hello\"}");
      assertThat(waiting(peer)).isEqualTo("3 L AA");
      assertThat(syllable(peer, "")).isEqualTo("L AA");
      assertThat(waiting(peer)).isEqualTo("2 HH AH");
      // a note with words of its own leaves what it does not sing to those that follow
      assertThat(syllable(peer, ",\"lyric\":\"amazing\"")).isEqualTo("AH");
      assertThat(waiting(peer)).isEqualTo("4 M EY");
      // and one with a single syllable changes nothing: the next status is that of the note behind it
      assertThat(syllable(peer, ",\"phonemes\":[\"L\",\"IY\"]")).isEqualTo("L IY");
      assertThat(syllable(peer, "")).isEqualTo("M EY");
      assertThat(waiting(peer)).isEqualTo("3 Z IH NG");
      peer.send("{\"type\":\"queue_lyrics\",\"text\":\"\"}");
      assertThat(waiting(peer)).isEqualTo("0 ");
    }
  }

  private static String waiting(LivePeer peer) {
    JsonNode status = peer.await("lyrics_status");
    return status.path("queued").asInt() + " " + status.path("next").asText();
  }

  private static String syllable(LivePeer peer, String members) {
    peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1" + members + "}");
    return peer.await("note_ack").path("syllable").asText();
  }

  @Test
  void controllersReachTheVoice() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":57,\"velocity\":1}");
      peer.play(4);
      peer.send("{\"type\":\"control\",\"controller\":\"bend\",\"value\":1200}");
      // frames from before the bend may still be on their way
      double heardHz = 0;
      for (int attempt = 0; attempt < 40 && Math.abs(heardHz - 440) > 6; attempt++) {
        heardHz = Samples.upwardCrossings(peer.play(20)) * 48000.0 / (20 * 512);
      }
      assertThat(heardHz).isCloseTo(440, within(6.0));
    }
  }
}
