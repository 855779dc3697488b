package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.ErrorProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tapes and their rooms outlive the daemon, whether it was stopped or killed. */
class JamRestartTest {

  private static final String SCORE = "{\"bpm\":120,\"notes\":[{\"id\":\"a\",\"startSec\":5,\"durationSec\":0.2,\"midi\":60}]}";

  @TempDir
  Path folder;

  @Test
  void aRoomIsJoinedAgainAndItsTapeExportedAfterARestart() {
    String id;
    String token;
    String hash;
    try (JamBand band = JamBand.in(folder)) {
      LivePeer host = band.stranger();
      host.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"displayName\":\"Ada\"}");
      token = host.await("jam_hello_ack").get("resumeToken").asText();
      host.send("{\"type\":\"session_create\",\"name\":\"Cellar\",\"seed\":3}");
      id = JamBand.recorded(host);
      String choir = JamBand.addTrack(host, ",\"name\":\"Choir\"");
      host.send("{\"type\":\"track_set_score\",\"trackId\":\"" + choir + "\",\"score\":" + SCORE + "}");
      host.await("score_status");
      host.send("{\"type\":\"session_set_quantize\",\"grid\":\"1/8\"}");
      host.await("quantize_ack");
      host.send("{\"type\":\"record_export\"}");
      hash = host.await("record_exported").get("wavHash").asText();
    }
    try (JamBand band = JamBand.in(folder)) {
      JsonNode card = band.daemon.get("/api/v1/jams").json().at("/jams/0");
      assertThat(card.get("sessionId").asText()).isEqualTo(id);
      assertThat(card.get("name").asText()).isEqualTo("Cellar");
      assertThat(card.get("dormant").asBoolean()).isTrue();
      assertThat(card.get("participants").asInt()).isZero();
      JsonNode asleep = band.daemon.post("/api/v1/jams/" + id + "/export", "{}").json();
      assertThat(asleep.get("wavHash").asText()).isEqualTo(hash);

      LivePeer bea = band.guest("Bea", id);
      JsonNode snapshot = bea.await("session_joined").get("snapshot");
      assertThat(snapshot.get("tracks")).hasSize(3);
      assertThat(snapshot.at("/tracks/0/gain").asDouble()).as("as it was last set").isEqualTo(0.4);
      assertThat(snapshot.at("/tracks/2/hasScore").asBoolean()).isTrue();
      assertThat(snapshot.get("quantizeGrid").asText()).isEqualTo("1/8");
      assertThat(snapshot.at("/transport/bpm").asDouble()).isEqualTo(90);
      LivePeer ada = band.stranger();
      ada.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"resumeToken\":\"" + token + "\"}");
      JsonNode ack = ada.await("jam_hello_ack");
      assertThat(ack.get("resumed").asBoolean()).isTrue();
      ada.await("session_joined");
      assertThat(bea.await("host_changed").get("hostId")).as("the host is back").isEqualTo(ack.get("participantId"));
      ada.send("{\"type\":\"record_export\"}");
      assertThat(ada.await("record_exported").get("wavHash").asText()).isEqualTo(hash);
      assertThat(JamBand.addTrack(ada, "")).as("numbers are not used twice").isEqualTo("track-4");
    }
  }

  @Test
  void aKilledDaemonLosesNothingOfTheTapeButItsTornEnd() throws IOException {
    Path after = folder.resolve("after");
    String id;
    try (JamBand band = JamBand.in(folder.resolve("before"))) {
      LivePeer host = band.host("");
      id = JamBand.created(host).get("sessionId").asText();
      String lead = JamBand.addTrack(host, "");
      host.send("{\"type\":\"record_start\"}");
      JamBand.note(host, lead, "first", 60);
      JamBand.note(host, lead, "second", 64);
      Path kept = folder.resolve("before/renders/.jams");
      awaitText(kept.resolve(id + ".tape"), "second");
      awaitText(kept.resolve(id + ".session"), "track-1");
      // what lies on the disk now is what a kill would leave
      Files.createDirectories(after.resolve("renders/.jams"));
      try (Stream<Path> files = Files.list(kept)) {
        for (Path file : files.toList()) {
          Files.copy(file, after.resolve("renders/.jams").resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    Files.writeString(after.resolve("renders/.jams/" + id + ".tape"), "{\"event\":{\"tSam", StandardOpenOption.APPEND);
    try (JamBand band = JamBand.in(after)) {
      JsonNode exported = band.daemon.post("/api/v1/jams/" + id + "/export", "{}").json();
      String render = exported.get("renderId").asText();
      JsonNode events = band.daemon.get("/api/v1/renders/" + render + "/score").json().at("/eventTape/events");
      assertThat(events.findValuesAsText("event")).startsWith("note_on", "note_on").endsWith("note_off", "note_off");
      float peak = 0;
      for (float sample : JamExportTest.wav(band, render)) {
        peak = Math.max(peak, Math.abs(sample));
      }
      assertThat(peak).isEqualTo(1f);
    }
  }

  @Test
  void aRoomThatEndedLeavesNothingBehindAndOneWithoutATapeIsNotKept() throws IOException {
    try (JamBand band = JamBand.in(folder)) {
      JamBand.created(band.host(",\"name\":\"No tape\""));
      LivePeer host = band.host("");
      JamBand.recorded(host);
      host.send("{\"type\":\"session_leave\"}");
      host.await("session_left");
    }
    try (Stream<Path> files = Files.list(folder.resolve("renders/.jams"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsOnly(".lock");
    }
    try (JamBand band = JamBand.in(folder)) {
      assertThat(band.daemon.get("/api/v1/jams").json().get("jams")).isEmpty();
    }
  }

  @Test
  void damagedFilesKeepNobodyFromStarting() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("renders/.jams"));
    Files.writeString(kept.resolve("11111111.session"), "{\"sessionId\":");
    Files.writeString(kept.resolve("22222222.session"), "{\"sessionId\":\"22222222\",\"name\":\"x\",\"people\":[],\"tracks\":[]}");
    Files.writeString(kept.resolve("22222222.tape"), "nonsense\n");
    try (JamBand band = JamBand.in(folder)) {
      assertThat(band.daemon.get("/api/v1/jams").json().get("jams")).isEmpty();
      ErrorProof.check(band.daemon, band.daemon.post("/api/v1/jams/22222222/export", "{}"), ErrorCode.NOT_FOUND);
    }
  }

  private static void awaitText(Path file, String text) throws IOException {
    long endNs = System.nanoTime() + 20_000_000_000L;
    while (!Files.exists(file) || !Files.readString(file).contains(text)) {
      assertThat(System.nanoTime()).as("%s in %s", text, file.getFileName()).isLessThan(endNs);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
