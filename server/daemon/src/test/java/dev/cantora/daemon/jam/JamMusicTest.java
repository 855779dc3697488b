package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.fuzz.RawPeer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transport, tracks, recording and sync over real sockets. */
class JamMusicTest {

  @Test
  void aLoopPlaysItsScoreAgainAndRecordedTimesRunForwards() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.created(host);
      String track = JamBand.addTrack(host, "");
      setScore(host, track, 0.1);
      host.send("{\"type\":\"transport_set\",\"loopEnabled\":true,\"loopStartSec\":0,\"loopEndSec\":0.25}");
      host.await("transport_ack");
      host.send("{\"type\":\"metronome_toggle\"}");
      host.send("{\"type\":\"record_start\"}");
      host.send("{\"type\":\"transport_play\"}");
      for (int i = 0; i < 3; i++) {
        JsonNode beat = host.await("metronome_tick");
        assertThat(beat.get("beat").asInt()).as("the loop is half a beat long: only its first is heard").isZero();
      }
      host.send("{\"type\":\"transport_stop\"}");
      host.send("{\"type\":\"record_stop\"}");
      JsonNode events = events(band, host);
      List<Long> ons = new ArrayList<>();
      long before = 0;
      for (JsonNode event : events) {
        assertThat(event.get("tSample").asLong()).isGreaterThanOrEqualTo(before);
        before = event.get("tSample").asLong();
        if (event.get("event").asText().equals("note_on")) {
          ons.add(before);
          assertThat(event.get("participantId").asText()).isEqualTo("_score");
        }
      }
      assertThat(ons).hasSizeGreaterThanOrEqualTo(2);
      for (int i = 1; i < ons.size(); i++) {
        assertThat(ons.get(i) - ons.get(i - 1)).as("one loop, to the sample").isEqualTo(12_000);
      }
      assertThat(ons.getFirst()).isEqualTo(4_800);
    }
  }

  @Test
  void aScoreSetWhilePlayingDoesNotPlayWhatLiesBehind() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.created(host);
      String track = JamBand.addTrack(host, "");
      host.send("{\"type\":\"transport_seek\",\"positionSec\":5}");
      host.send("{\"type\":\"record_start\"}");
      host.send("{\"type\":\"transport_play\"}");
      host.await("transport_tick");
      setScore(host, track, 1);
      host.await("transport_tick");
      host.await("transport_tick");
      host.send("{\"type\":\"record_stop\"}");
      host.await(message -> message.path("type").asText().equals("record_status") && !message.get("recording").asBoolean(), "stop");
      host.send("{\"type\":\"record_export\"}");
      JsonNode events = tape(band, host.await("record_exported"));
      assertThat(events.findValuesAsText("event")).doesNotContain("note_on");
    }
  }

  @Test
  void aCountInHoldsThePositionAndIsHeardButNotRecorded() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host(",\"bpm\":400,\"timeSig\":{\"num\":2,\"den\":4}");
      JamBand.created(host);
      String track = JamBand.addTrack(host, "");
      host.send("{\"type\":\"record_start\"}");
      host.send("{\"type\":\"transport_play\",\"countInMeasures\":1}");
      assertThat(host.await("transport_ack").at("/transport/countingIn").asBoolean()).isTrue();
      float[] heard = host.play(28);
      assertThat(peak(heard, 0, 480)).as("the first click").isGreaterThan(0.1f);
      assertThat(peak(heard, 7_200, 7_680)).as("the second").isGreaterThan(0.1f);
      JsonNode tick = host.await("transport_tick");
      assertThat(tick.get("currentSec").asDouble()).as("still counted in").isZero();
      JamBand.note(host, track, "a", 60);
      host.await(message -> message.path("type").asText().equals("transport_tick")
          && message.get("currentSec").asDouble() > 0, "the song moves");
      host.send("{\"type\":\"record_stop\"}");
      host.send("{\"type\":\"record_export\"}");
      String render = host.await("record_exported").get("renderId").asText();
      float[] exported = JamExportTest.wav(band, render);
      assertThat(peak(exported, 0, 4_000)).as("no click on the tape").isZero();
    }
  }

  @Test
  void recordedNotesSnapToTheGridAndHeardOnesDoNot() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host(",\"bpm\":60");
      JamBand.created(host);
      String track = JamBand.addTrack(host, "");
      host.send("{\"type\":\"session_set_quantize\",\"grid\":\"1/4\"}");
      assertThat(host.await("quantize_ack").get("grid").asText()).isEqualTo("1/4");
      host.send("{\"type\":\"record_start\"}");
      host.send("{\"type\":\"transport_play\"}");
      host.await(message -> message.path("type").asText().equals("transport_tick")
          && message.get("currentSec").asDouble() > 0.6, "0.6 s");
      JamBand.note(host, track, "a", 60);
      host.send("{\"type\":\"track_note_off\",\"trackId\":\"" + track + "\",\"noteId\":\"a\"}");
      host.send("{\"type\":\"session_set_quantize\",\"grid\":\"none\"}");
      host.send("{\"type\":\"record_stop\"}");
      JsonNode events = events(band, host);
      assertThat(events.get(0).get("event").asText()).isEqualTo("note_on");
      assertThat(events.get(0).get("tSample").asLong() % 48_000).as("on a quarter").isZero();
      assertThat(events.get(1).get("event").asText()).isEqualTo("note_off");
      assertThat(events.get(1).get("tSample").asLong()).isGreaterThanOrEqualTo(events.get(0).get("tSample").asLong());
    }
  }

  @Test
  void aProgramPlaysAheadToTheSampleAndInALoopTheNextTimeRound() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.created(host);
      String agent = JamBand.addTrack(host, ",\"inputMode\":\"agent\"");
      host.send("{\"type\":\"session_set_quantize\",\"grid\":\"1/4\"}");
      host.send("{\"type\":\"transport_set\",\"loopEnabled\":true,\"loopStartSec\":0,\"loopEndSec\":0.5}");
      host.send("{\"type\":\"record_start\"}");
      plan(host, agent, "track_note_off", "a", 0.375);
      plan(host, agent, "track_note_on", "a", 0.25);
      host.await(message -> message.path("type").asText().equals("track_note_ack"), "the first note, when it sounds");
      plan(host, agent, "track_note_on", "b", 0.1);
      plan(host, agent, "track_note_off", "b", 0.2);
      JsonNode ack = host.await("track_note_ack");
      assertThat(ack.get("noteId").asText()).isEqualTo("b");
      host.await(message -> message.path("type").asText().equals("transport_tick")
          && message.get("currentSec").asDouble() > 0.3, "the end of the second note");
      host.send("{\"type\":\"record_stop\"}");
      host.send("{\"type\":\"transport_stop\"}");
      JsonNode events = events(band, host);
      assertThat(sample(events, "note_on", "a")).isEqualTo(12_000);
      assertThat(sample(events, "note_off", "a")).isEqualTo(18_000);
      assertThat(sample(events, "note_on", "b") % 24_000).isEqualTo(4_800);
      assertThat((sample(events, "note_off", "b") - sample(events, "note_on", "b")) % 24_000).isEqualTo(4_800);
    }
  }

  @Test
  void placesInTheSongAreForProgramsAndStopForgetsThem() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.created(host);
      String live = JamBand.addTrack(host, "");
      plan(host, live, "track_note_on", "a", 1);
      JsonNode refused = host.await("jam_error");
      assertThat(refused.get("code").asText()).isEqualTo("INVALID_MESSAGE");
      assertThat(refused.at("/issues/0/path").asText()).isEqualTo("songSec");
      String agent = JamBand.addTrack(host, ",\"inputMode\":\"agent\"");
      plan(host, agent, "track_note_on", "a", 0.2);
      host.send("{\"type\":\"transport_stop\"}");
      host.send("{\"type\":\"transport_seek\",\"positionSec\":0}");
      host.send("{\"type\":\"record_start\"}");
      // without a place it plays as a live track does
      JamBand.note(host, agent, "c", 60);
      host.await(message -> message.path("type").asText().equals("transport_tick")
          && message.get("currentSec").asDouble() > 0.3, "the place of the note that was forgotten");
      host.send("{\"type\":\"record_stop\"}");
      assertThat(events(band, host).toString()).contains("\"noteId\":\"c\"").doesNotContain("\"noteId\":\"a\"");
    }
  }

  @Test
  void moreVoicesForATrackAreThereForTheNextNotes() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.created(host);
      String track = JamBand.addTrack(host, ",\"polyphonyLimit\":1");
      JamBand.note(host, track, "a", 60);
      host.send("{\"type\":\"track_update\",\"trackId\":\"" + track + "\",\"polyphonyLimit\":3}");
      assertThat(host.await("track_updated").at("/track/polyphonyLimit").asInt()).isEqualTo(3);
      for (int i = 1; i < 3; i++) {
        host.send("{\"type\":\"track_note_on\",\"trackId\":\"" + track + "\",\"noteId\":\"n" + i + "\",\"midi\":64,\"velocity\":1}");
        JsonNode ack = host.await("track_note_ack");
        assertThat(ack.get("voiceIndex").asInt()).isEqualTo(i);
        assertThat(ack.get("stolen").asBoolean()).isFalse();
      }
    }
  }

  private static void plan(LivePeer player, String track, String type, String noteId, double songSec) {
    String note = type.equals("track_note_on") ? ",\"midi\":64,\"velocity\":0.8" : "";
    player.send("{\"type\":\"" + type + "\",\"trackId\":\"" + track + "\",\"noteId\":\"" + noteId + "\",\"songSec\":" + songSec
        + note + "}");
  }

  private static long sample(JsonNode events, String type, String noteId) {
    for (JsonNode event : events) {
      if (event.get("event").asText().equals(type) && event.at("/payload/noteId").asText().equals(noteId)) {
        return event.get("tSample").asLong();
      }
    }
    throw new AssertionError("no " + type + " of " + noteId + " in " + events);
  }

  @Test
  void aSoloIsHeardAloneEvenWhenMutedAndMutedTracksGoOnSinging() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.created(host);
      String one = JamBand.addTrack(host, "");
      String two = JamBand.addTrack(host, "");
      JamBand.note(host, one, "a", 60);
      change(host, one, "\"mute\":true");
      awaitSilence(host);
      change(host, one, "\"mute\":true,\"solo\":true");
      awaitSound(host);
      change(host, two, "\"solo\":true");
      change(host, one, "\"solo\":false");
      awaitSilence(host);
      change(host, two, "\"solo\":false");
      change(host, one, "\"mute\":false");
      awaitSound(host);
    }
  }

  @Test
  void aRecordingBeginsWithWhatSoundsAlready() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.created(host);
      String track = JamBand.addTrack(host, "");
      JamBand.note(host, track, "held", 60);
      host.send("{\"type\":\"track_control\",\"trackId\":\"" + track + "\",\"controller\":\"dynamics\",\"value\":0.5}");
      host.send("{\"type\":\"record_start\"}");
      host.await("transport_tick");
      host.send("{\"type\":\"record_stop\"}");
      JsonNode events = events(band, host);
      assertThat(events.findValuesAsText("event")).startsWith("track_control", "note_on").endsWith("note_off");
      assertThat(events.get(1).get("tSample").asInt()).isZero();
      assertThat(events.get(1).at("/payload/noteId").asText()).isEqualTo("held");
    }
  }

  @Test
  void allHearTheSameFramesUnderTheSameNumbersAndOneThatLagsLagsAlone() throws Exception {
    try (JamBand band = new JamBand(); RawPeer slow = new RawPeer(band.daemon.port())) {
      LivePeer host = band.host("");
      String id = JamBand.created(host).get("sessionId").asText();
      LivePeer bea = band.guest("Bea", id);
      bea.await("session_joined");
      slow.socket().setReceiveBufferSize(4096);
      assertThat(slow.handshake("/ws/jam", "")).startsWith("HTTP/1.1 101");
      slow.text("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"channels\":2}");
      slow.text("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\"}");
      host.await("participant_joined");
      host.await("participant_joined");
      String track = JamBand.addTrack(host, "");
      JamBand.note(host, track, "a", 60);
      for (int i = 0; i < 300; i++) {
        LivePeer.Frame one = host.nextFrame();
        assertThat(one.seq()).isEqualTo(i);
        assertThat(bea.nextFrame().bytes()).isEqualTo(one.bytes());
      }
    }
  }

  @Test
  void pingsGiveOffsetAndTheSampleThatIsRendered() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.created(host);
      host.send("{\"type\":\"transport_play\"}");
      host.await("transport_tick");
      host.await("transport_tick");
      double before = System.currentTimeMillis();
      host.send("{\"type\":\"jam_ping\",\"clientTimestamp\":12.5}");
      JsonNode pong = host.await("jam_pong");
      assertThat(pong.get("clientTimestamp").asDouble()).isEqualTo(12.5);
      assertThat(pong.get("serverTimestamp").asDouble()).isBetween(before, (double) System.currentTimeMillis());
      assertThat(pong.get("sessionSample").asLong()).isGreaterThanOrEqualTo(5 * 512);
    }
  }

  private static void setScore(LivePeer host, String track, double startSec) {
    host.send("{\"type\":\"track_set_score\",\"trackId\":\"" + track + "\",\"score\":{\"bpm\":120,\"notes\":[{\"id\":\"a\",\"startSec\":"
        + startSec + ",\"durationSec\":0.1,\"midi\":60}]}}");
    host.await("score_status");
  }

  private static JsonNode events(JamBand band, LivePeer host) {
    host.send("{\"type\":\"record_export\"}");
    return tape(band, host.await("record_exported"));
  }

  private static JsonNode tape(JamBand band, JsonNode exported) {
    return band.daemon.get("/api/v1/renders/" + exported.get("renderId").asText() + "/score").json().at("/eventTape/events");
  }

  private static void change(LivePeer host, String track, String members) {
    host.send("{\"type\":\"track_update\",\"trackId\":\"" + track + "\"," + members + "}");
    host.await("track_updated");
    host.drainFrames();
  }

  private static void awaitSilence(LivePeer peer) {
    while (peak(peer.nextFrame().samples(), 0, 512) != 0) {
      // frames from before the change
    }
  }

  private static void awaitSound(LivePeer peer) {
    while (peak(peer.nextFrame().samples(), 0, 512) < 0.01f) {
      // frames from before the change
    }
  }

  private static float peak(float[] samples, int from, int to) {
    float peak = 0;
    for (int i = from; i < to; i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    return peak;
  }
}
