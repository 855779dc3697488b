package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Interval mode over real sockets: others are heard one loop later, to the sample, and players are heard on the beat. */
class JamIntervalTest {

  /** Half a second. */
  private static final int LOOP = 24_000;
  private static final int BLOCKS = 110;

  @Test
  void aFarPlayerHearsTheOthersOneLoopLater() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      LivePeer far = far(band, host, 0);
      String track = JamBand.addTrack(host, "");
      JamBand.note(host, track, "a", 60);
      float[] near = host.play(BLOCKS);
      float[] later = far.play(BLOCKS);
      assertThat(onset(near)).isLessThan(2_000);
      assertThat(Arrays.copyOfRange(later, LOOP, later.length)).isEqualTo(Arrays.copyOf(near, near.length - LOOP));
      for (int i = 0; i < LOOP; i++) {
        assertThat(later[i]).isZero();
      }
    }
  }

  @Test
  void aFarPlayerIsHeardOneLoopLaterLessTheRoundTripAndRecordedSo() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      LivePeer far = far(band, host, 100);
      String track = JamBand.addTrack(far, "");
      host.send("{\"type\":\"record_start\"}");
      host.await("record_status");
      JamBand.note(far, track, "a", 60);
      int delay = LOOP - 4_800;
      float[] own = far.play(BLOCKS);
      float[] heard = host.play(BLOCKS);
      assertThat(onset(own)).as("one's own notes are heard at once").isLessThan(2_000);
      assertThat(Arrays.copyOfRange(heard, delay, heard.length)).isEqualTo(Arrays.copyOf(own, own.length - delay));
      host.send("{\"type\":\"record_stop\"}");
      host.send("{\"type\":\"record_export\"}");
      JsonNode tape = band.daemon.get("/api/v1/renders/" + host.await("record_exported").get("renderId").asText() + "/score").json();
      assertThat(tape.at("/eventTape/events/0/event").asText()).isEqualTo("note_on");
      assertThat(tape.at("/eventTape/events/0/tSample").asInt()).as("as the room heard it").isBetween(delay, delay + 2_000);
    }
  }

  @Test
  void goingBackToNearDoesNotClick() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      LivePeer far = far(band, host, 0);
      String track = JamBand.addTrack(host, "");
      JamBand.note(host, track, "a", 45);
      float[] steady = far.play(BLOCKS);
      far.send("{\"type\":\"listen_set\",\"interval\":false}");
      assertThat(far.await("listen_ack").get("interval").asBoolean()).isFalse();
      float[] all = concat(steady, far.play(BLOCKS));
      float greatest = maxDelta(steady, 0);
      assertThat(maxDelta(all, 0)).isLessThanOrEqualTo(2 * greatest + 0.01f);
    }
  }

  private static LivePeer far(JamBand band, LivePeer host, int rttMs) {
    String id = JamBand.created(host).get("sessionId").asText();
    host.send("{\"type\":\"transport_set\",\"loopEnabled\":true,\"loopStartSec\":0,\"loopEndSec\":0.5}");
    assertThat(host.await("transport_ack").at("/transport/intervalSec").asDouble()).isEqualTo(0.5);
    LivePeer far = band.guest("Far", id);
    far.await("session_joined");
    far.send("{\"type\":\"latency_report\",\"rttMs\":" + rttMs + "}");
    far.send("{\"type\":\"listen_set\",\"interval\":true}");
    assertThat(far.await("listen_ack").get("interval").asBoolean()).isTrue();
    host.await(message -> message.path("type").asText().equals("participant_updated")
        && message.at("/participant/interval").asBoolean(), "the far player");
    return far;
  }

  private static int onset(float[] samples) {
    int i = 0;
    while (i < samples.length && samples[i] == 0) {
      i++;
    }
    return i;
  }

  private static float maxDelta(float[] samples, int from) {
    float greatest = 0;
    for (int i = from + 1; i < samples.length; i++) {
      greatest = Math.max(greatest, Math.abs(samples[i] - samples[i - 1]));
    }
    return greatest;
  }

  private static float[] concat(float[] one, float[] two) {
    float[] all = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, all, one.length, two.length);
    return all;
  }
}
