package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.ErrorProof;
import org.junit.jupiter.api.Test;

/** Rooms and who is in them: the list over HTTP, hand-over, spectators, coming back. */
class JamRoomsTest {

  @Test
  void namedRoomsAreListedUntilTheLastOneLeaves() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host(",\"name\":\"Cellar\",\"bpm\":96");
      String id = JamBand.created(host).get("sessionId").asText();
      LivePeer hidden = band.host(",\"name\":\"Private\",\"listed\":false");
      String hiddenId = JamBand.created(hidden).get("sessionId").asText();
      LivePeer spectator = band.player("Cy");
      spectator.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\",\"role\":\"spectator\"}");
      spectator.await("session_joined");
      JamBand.addTrack(host, "");
      JsonNode jams = band.daemon.get("/api/v1/jams").json().get("jams");
      assertThat(jams).hasSize(1);
      JsonNode card = jams.get(0);
      assertThat(card.get("sessionId").asText()).isEqualTo(id);
      assertThat(card.get("name").asText()).isEqualTo("Cellar");
      assertThat(card.get("participants").asInt()).isEqualTo(1);
      assertThat(card.get("spectators").asInt()).isEqualTo(1);
      assertThat(card.get("tracks").asInt()).isEqualTo(1);
      assertThat(card.get("bpm").asDouble()).isEqualTo(96);
      assertThat(card.has("ownerId")).as("principals are nobody's business").isFalse();
      band.guest("Bea", hiddenId).await("session_joined");
      host.send("{\"type\":\"session_leave\"}");
      host.await("session_left");
      assertThat(spectator.awaitClosing().code()).as("nobody plays any more").isEqualTo(4003);
      assertThat(band.daemon.get("/api/v1/jams").json().get("jams")).isEmpty();
    }
  }

  @Test
  void theListNeedsAKeyWhereKeysAreSet() {
    try (JamBand band = new JamBand("AUTH_TOKEN", "secret")) {
      ErrorProof.check(band.daemon, band.daemon.get("/api/v1/jams"), ErrorCode.UNAUTHORIZED);
      assertThat(band.daemon.get("/api/v1/jams", "Authorization", "Bearer secret").json().get("jams")).isEmpty();
    }
  }

  @Test
  void theHostHandsOverOnRequest() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      LivePeer bea = band.guest("Bea", id);
      String beaId = bea.await("session_joined").get("yourParticipantId").asText();
      host.send("{\"type\":\"session_set_host\",\"participantId\":\"nobody\"}");
      assertThat(JamBand.error(host)).isEqualTo("INVALID_MESSAGE");
      host.send("{\"type\":\"session_set_host\",\"participantId\":\"" + beaId + "\"}");
      assertThat(bea.await("host_changed").get("hostId").asText()).isEqualTo(beaId);
      host.send("{\"type\":\"transport_play\"}");
      assertThat(JamBand.error(host)).isEqualTo("NOT_HOST");
      bea.send("{\"type\":\"transport_play\"}");
      assertThat(bea.await("transport_ack").get("transport").get("playing").asBoolean()).isTrue();
    }
  }

  @Test
  void aGuestOwnsTheTracksItAdds() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      LivePeer bea = band.guest("Bea", id);
      bea.await("session_joined");
      LivePeer cy = band.guest("Cy", id);
      cy.await("session_joined");
      String track = JamBand.addTrack(bea, ",\"name\":\"Bea's\"");
      bea.send("{\"type\":\"track_update\",\"trackId\":\"" + track + "\",\"gain\":0.5}");
      assertThat(bea.await("track_updated").get("track").get("gain").asDouble()).isEqualTo(0.5);
      cy.send("{\"type\":\"track_remove\",\"trackId\":\"" + track + "\"}");
      assertThat(JamBand.error(cy)).isEqualTo("NOT_AUTHORIZED");
      host.send("{\"type\":\"track_remove\",\"trackId\":\"" + track + "\"}");
      assertThat(bea.await("track_removed").get("trackId").asText()).isEqualTo(track);
    }
  }

  @Test
  void spectatorsHearAndChatAndTakeNoPlace() {
    try (JamBand band = new JamBand("MAX_JAM_PARTICIPANTS", "1")) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      String track = JamBand.addTrack(host, "");
      LivePeer spectator = band.player("Cy");
      spectator.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\",\"role\":\"spectator\"}");
      JsonNode snapshot = spectator.await("session_joined").get("snapshot");
      assertThat(snapshot.get("participants").get(1).get("role").asText()).isEqualTo("spectator");
      spectator.send("{\"type\":\"chat\",\"text\":\"Louder!\"}");
      JsonNode said = host.await("chat_message");
      assertThat(said.get("displayName").asText()).isEqualTo("Cy");
      assertThat(said.get("text").asText()).isEqualTo("Louder!");
      JamBand.note(host, track, "a", 60);
      assertThat(spectator.nextFrame().seq()).isZero();
      for (String forbidden : new String[] {"{\"type\":\"metronome_toggle\"}", "{\"type\":\"track_add\",\"presetId\":\"choir\"}",
          "{\"type\":\"track_set_score\",\"trackId\":\"" + track + "\",\"score\":{\"bpm\":100,\"notes\":[]}}"}) {
        spectator.send(forbidden);
        assertThat(JamBand.error(spectator)).as(forbidden).isEqualTo("NOT_AUTHORIZED");
      }
    }
  }

  @Test
  void whoComesBackBeforeTheOldConnectionIsMissedTakesItsPlace() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      LivePeer bea = band.stranger();
      bea.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"displayName\":\"Bea\"}");
      JsonNode ack = bea.await("jam_hello_ack");
      bea.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\"}");
      bea.await("session_joined");
      LivePeer again = band.stranger();
      again.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"resumeToken\":\"" + ack.get("resumeToken").asText() + "\"}");
      assertThat(again.await("jam_hello_ack").get("participantId")).isEqualTo(ack.get("participantId"));
      assertThat(again.await("session_joined").get("snapshot").get("participants")).hasSize(2);
      assertThat(bea.awaitClosing().code()).isEqualTo(1008);
      again.send("{\"type\":\"chat\",\"text\":\"Here again\"}");
      assertThat(host.await("chat_message").get("displayName").asText()).isEqualTo("Bea");
      assertThat(band.daemon.get("/api/v1/jams").json().at("/jams/0/participants").asInt()).isEqualTo(2);
    }
  }

  @Test
  void whatADroppedPlayerHeldIsReleased() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      String track = JamBand.addTrack(host, "");
      LivePeer bea = band.guest("Bea", id);
      bea.await("session_joined");
      JamBand.note(bea, track, "held", 60);
      host.await(message -> message.path("type").asText().equals("jam_telemetry")
          && message.at("/tracks/0/voicesActive").asInt() == 1, "a sounding voice");
      bea.vanish();
      host.await(message -> message.path("type").asText().equals("jam_telemetry")
          && message.at("/tracks/0/voicesActive").asInt() == 0, "silence");
    }
  }
}
