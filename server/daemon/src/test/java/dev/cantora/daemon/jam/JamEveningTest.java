package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import org.junit.jupiter.api.Test;

/** A whole evening over real sockets. */
class JamEveningTest {

  private static final String SCORE = "{\"bpm\":120,\"lyrics\":{\"text\":\"la la\"},\"notes\":["
      + "{\"id\":\"a\",\"startSec\":0.1,\"durationSec\":0.2,\"midi\":60},"
      + "{\"id\":\"b\",\"startSec\":0.4,\"durationSec\":0.2,\"midi\":64}]}";

  @Test
  void fourPlayTogetherRecordAndExportTwiceTheSame() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host(",\"bpm\":120,\"seed\":7,\"name\":\"Cellar\"");
      JsonNode snapshot = JamBand.created(host);
      String id = snapshot.get("sessionId").asText();
      assertThat(id).matches("[0-9a-f]{8}");
      assertThat(snapshot.get("participants").get(0).get("role").asText()).isEqualTo("host");

      LivePeer bea = band.guest("Bea", id);
      String beaId = bea.await("session_joined").get("yourParticipantId").asText();
      assertThat(host.await("participant_joined").get("participant").get("displayName").asText()).isEqualTo("Bea");
      band.guest("Cy", id).await("session_joined");
      band.guest("Di", id).await("session_joined");

      String lead = JamBand.addTrack(host, ",\"name\":\"Lead\",\"pan\":-0.5");
      String choir = JamBand.addTrack(host, ",\"name\":\"Choir\"");
      host.send("{\"type\":\"track_set_score\",\"trackId\":\"" + choir + "\",\"score\":" + SCORE + "}");
      assertThat(bea.await("score_status").get("noteCount").asInt()).isEqualTo(2);

      host.send("{\"type\":\"record_start\"}");
      assertThat(host.await("record_status").get("recording").asBoolean()).isTrue();
      bea.send("{\"type\":\"track_note_on\",\"trackId\":\"" + lead + "\",\"noteId\":\"n\",\"midi\":67,\"velocity\":0.9,\"lyric\":\"hey\"}");
      assertThat(bea.await("track_note_ack").get("voiceIndex").asInt()).isZero();
      assertThat(host.await("transport_ack").get("transport").get("playing").asBoolean()).isTrue();
      LivePeer.Frame frame = bea.nextFrame();
      assertThat(frame.bytes()).hasSize(16 + 512 * 4);
      assertThat(frame.sampleRateHz()).isEqualTo(48000);
      host.send("{\"type\":\"transport_set\",\"bpm\":90,\"timeSig\":{\"num\":3,\"den\":4}}");
      assertThat(host.await("transport_ack").get("transport").get("bpm").asDouble()).isEqualTo(90);
      host.await(message -> message.path("type").asText().equals("transport_tick")
          && message.get("currentSec").asDouble() > 0.8, "a tick behind the score");
      bea.send("{\"type\":\"track_note_off\",\"trackId\":\"" + lead + "\",\"noteId\":\"n\"}");
      host.send("{\"type\":\"transport_stop\"}");
      assertThat(host.await("transport_ack").get("transport").get("playing").asBoolean()).isFalse();
      host.send("{\"type\":\"record_stop\"}");
      assertThat(host.await("record_status").get("eventCount").asInt()).isGreaterThanOrEqualTo(6);

      host.send("{\"type\":\"session_leave\"}");
      host.await("session_left");
      assertThat(bea.await("host_changed").get("hostId").asText()).isEqualTo(beaId);
      bea.send("{\"type\":\"record_export\",\"name\":\"First set\",\"stems\":true}");
      JsonNode first = bea.await("record_exported");
      assertThat(first.get("stems")).hasSize(2);
      bea.send("{\"type\":\"record_export\"}");
      JsonNode second = bea.await("record_exported");
      assertThat(second.get("wavHash")).isEqualTo(first.get("wavHash"));
      byte[] wav = band.daemon.get("/api/v1/renders/" + first.get("renderId").asText() + "/audio.wav").body();
      assertThat(wav.length).isGreaterThan(44 + 2 * 4 * 48000);
      assertThat(wav[22]).as("stereo, as a track was panned").isEqualTo((byte) 2);
    }
  }

  @Test
  void aDroppedPlayerComesBackAsTheSame() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      LivePeer bea = band.stranger();
      bea.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"displayName\":\"Bea\"}");
      JsonNode ack = bea.await("jam_hello_ack");
      bea.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\"}");
      bea.await("session_joined");
      bea.vanish();
      assertThat(host.await("participant_updated").get("participant").get("connected").asBoolean()).isFalse();

      LivePeer again = band.stranger();
      again.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"resumeToken\":\"" + ack.get("resumeToken").asText() + "\"}");
      JsonNode back = again.await("jam_hello_ack");
      assertThat(back.get("resumed").asBoolean()).isTrue();
      assertThat(back.get("participantId")).isEqualTo(ack.get("participantId"));
      assertThat(again.await("session_joined").get("yourParticipantId")).isEqualTo(ack.get("participantId"));
    }
  }

  @Test
  void theClickIsHeardByThoseWhoWantIt() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      LivePeer quiet = band.guest("Bea", id);
      quiet.await("session_joined");
      quiet.send("{\"type\":\"listen_set\",\"metronome\":false}");
      quiet.await("listen_ack");
      host.send("{\"type\":\"metronome_toggle\"}");
      host.await("metronome_ack");
      host.send("{\"type\":\"transport_play\"}");
      host.await("metronome_tick");
      assertThat(peak(host.play(4))).isGreaterThan(0.1f);
      assertThat(peak(quiet.play(4))).isZero();
    }
  }

  @Test
  void anEmptySessionEnds() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      host.send("{\"type\":\"session_leave\"}");
      host.await("session_left");
      assertThat(JamBand.error(band.guest("Bea", id))).isEqualTo("SESSION_NOT_FOUND");
    }
  }

  private static float peak(float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }
}
