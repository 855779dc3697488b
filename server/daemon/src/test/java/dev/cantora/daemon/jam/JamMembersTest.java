package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import org.junit.jupiter.api.Test;

/** Who comes late, leaves, drops and does not come back, over real sockets. */
class JamMembersTest {

  @Test
  void theOthersAreToldWhoLeft() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      LivePeer bea = band.guest("Bea", id);
      String beaId = bea.await("session_joined").get("yourParticipantId").asText();
      LivePeer cy = band.guest("Cy", id);
      cy.await("session_joined");
      bea.send("{\"type\":\"session_leave\"}");
      assertThat(bea.await("session_left").get("sessionId").asText()).isEqualTo(id);
      for (LivePeer other : new LivePeer[] {host, cy}) {
        assertThat(other.await("participant_left").get("participantId").asText()).isEqualTo(beaId);
      }
      assertThat(bea.rawTexts()).noneMatch(text -> text.contains("participant_left"));
      band.guest("Bea", id).await("session_joined");
      assertThat(band.daemon.get("/api/v1/jams").json().at("/jams/0/participants").asInt()).isEqualTo(3);
    }
  }

  @Test
  void aDroppedHostWhoStaysAwayLosesTheRoomAfterTheGraceTime() {
    try (JamBand band = new JamBand("JAM_REJOIN_GRACE_SEC", "1")) {
      LivePeer host = band.stranger();
      host.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"displayName\":\"Ada\"}");
      JsonNode ack = host.await("jam_hello_ack");
      host.send("{\"type\":\"session_create\"}");
      String id = JamBand.created(host).get("sessionId").asText();
      LivePeer bea = band.guest("Bea", id);
      String beaId = bea.await("session_joined").get("yourParticipantId").asText();
      host.vanish();
      assertThat(bea.await("participant_updated").at("/participant/connected").asBoolean()).isFalse();
      assertThat(bea.await("participant_left").get("participantId")).isEqualTo(ack.get("participantId"));
      assertThat(bea.await("host_changed").get("hostId").asText()).isEqualTo(beaId);
      LivePeer late = band.stranger();
      late.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"resumeToken\":\"" + ack.get("resumeToken").asText() + "\"}");
      JsonNode again = late.await("jam_hello_ack");
      assertThat(again.get("resumed").asBoolean()).isFalse();
      assertThat(again.get("participantId")).isNotEqualTo(ack.get("participantId"));
    }
  }

  @Test
  void whoComesLateIsToldWhereTheBandIsAndHearsTheSameFrames() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host(",\"name\":\"Cellar\",\"bpm\":90,\"seed\":11");
      String id = JamBand.created(host).get("sessionId").asText();
      String track = JamBand.addTrack(host, ",\"name\":\"Lead\",\"gain\":0.5,\"pan\":0.25,\"polyphonyLimit\":2");
      host.send("{\"type\":\"session_set_quantize\",\"grid\":\"1/16\"}");
      host.send("{\"type\":\"metronome_toggle\"}");
      host.await("metronome_ack");
      host.send("{\"type\":\"metronome_toggle\"}");
      host.send("{\"type\":\"transport_set\",\"loopEnabled\":true,\"loopStartSec\":0,\"loopEndSec\":30}");
      host.send("{\"type\":\"track_update\",\"trackId\":\"" + track + "\",\"mute\":false,\"name\":\"Solo\"}");
      JamBand.note(host, track, "a", 60);
      host.await(message -> message.path("type").asText().equals("transport_tick")
          && message.get("currentSec").asDouble() > 0.1, "the song is on its way");

      LivePeer late = band.guest("Late", id);
      JsonNode snapshot = late.await("session_joined").get("snapshot");
      assertThat(snapshot.get("seed").asInt()).isEqualTo(11);
      assertThat(snapshot.get("quantizeGrid").asText()).isEqualTo("1/16");
      assertThat(snapshot.get("participants")).hasSize(2);
      JsonNode transport = snapshot.get("transport");
      assertThat(transport.get("playing").asBoolean()).isTrue();
      assertThat(transport.get("bpm").asDouble()).isEqualTo(90);
      assertThat(transport.get("loopEnabled").asBoolean()).isTrue();
      assertThat(transport.get("loopEndSec").asDouble()).isEqualTo(30);
      assertThat(transport.get("currentSample").asLong()).isGreaterThan(4_800);
      JsonNode lead = snapshot.at("/tracks/0");
      assertThat(lead.get("name").asText()).isEqualTo("Solo");
      assertThat(lead.get("gain").asDouble()).isEqualTo(0.5);
      assertThat(lead.get("pan").asDouble()).isEqualTo(0.25);
      assertThat(lead.get("polyphonyLimit").asInt()).isEqualTo(2);

      LivePeer.Frame first = late.nextFrame();
      LivePeer.Frame same = host.nextFrame();
      while (same.seq() < first.seq()) {
        same = host.nextFrame();
      }
      for (int i = 0; i < 20; i++) {
        assertThat(first.seq()).isEqualTo(same.seq());
        assertThat(first.bytes()).isEqualTo(same.bytes());
        first = late.nextFrame();
        same = host.nextFrame();
      }
    }
  }
}
