package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** An export is what the band heard, whatever was changed while it played. */
class JamPlayedTest {
  private static final int BLOCK = 512;
  private static final int STEPS = 12;

  @Test
  void whatIsExportedIsWhatWasHeardToTheSample() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.stranger();
      host.send("{\"type\":\"jam_hello\",\"protocolVersion\":1,\"channels\":2}");
      host.send("{\"type\":\"session_create\",\"seed\":5,\"blockSize\":" + BLOCK + "}");
      String id = JamBand.created(host).get("sessionId").asText();
      String lead = JamBand.addTrack(host, ",\"pan\":-0.5,\"gain\":0.8");
      String choir = JamBand.addTrack(host, ",\"polyphonyLimit\":2");
      host.send("{\"type\":\"track_set_score\",\"trackId\":\"" + choir + "\",\"score\":{\"bpm\":120,\"lyrics\":{\"text\":\"la la\"},"
          + "\"notes\":[{\"id\":\"a\",\"startSec\":0.05,\"durationSec\":0.4,\"midi\":48},"
          + "{\"id\":\"b\",\"startSec\":0.3,\"durationSec\":3,\"midi\":55,\"timbre\":\"OO\"}]}}");
      host.send("{\"type\":\"metronome_toggle\"}");
      host.send("{\"type\":\"listen_set\",\"metronome\":false}");
      host.send("{\"type\":\"record_start\"}");
      host.await("record_status");
      String late = null;
      List<LivePeer.Frame> frames = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        switch (step) {
          case 0 -> JamBand.note(host, lead, "a", 60);
          case 1 -> change(host, lead, "\"pan\":0.7,\"gain\":0.4");
          case 2 -> host.send("{\"type\":\"track_control\",\"trackId\":\"" + lead + "\",\"controller\":\"bend\",\"value\":1.5}");
          case 3 -> change(host, choir, "\"mute\":true");
          case 4 -> {
            change(host, choir, "\"mute\":false,\"polyphonyLimit\":3");
            host.send("{\"type\":\"transport_set\",\"bpm\":75,\"timeSig\":{\"num\":3,\"den\":4}}");
          }
          case 5 -> {
            LivePeer bea = band.guest("Bea", id);
            bea.await("session_joined");
            late = JamBand.addTrack(bea, ",\"defaultTimbre\":\"OO\",\"pan\":-1");
            JamBand.note(bea, late, "late", 67);
          }
          case 6 -> change(host, lead, "\"defaultTimbre\":\"OO\"");
          case 7 -> JamBand.note(host, lead, "b", 64);
          case 8 -> change(host, lead, "\"solo\":true");
          case 9 -> change(host, lead, "\"solo\":false,\"polyphonyLimit\":1");
          case 10 -> host.send("{\"type\":\"track_note_off\",\"trackId\":\"" + lead + "\",\"noteId\":\"b\",\"releaseMs\":60}");
          default -> host.send("{\"type\":\"track_remove\",\"trackId\":\"" + late + "\"}");
        }
        for (int i = 0; i < 12; i++) {
          frames.add(host.nextFrame());
        }
      }
      host.send("{\"type\":\"record_stop\"}");
      host.await(message -> message.path("type").asText().equals("record_status") && !message.get("recording").asBoolean(), "stop");
      JsonNode exported = band.daemon.post("/api/v1/jams/" + id + "/export", "{\"stems\":true}").json();
      float[] master = JamExportTest.wav(band, exported.get("renderId").asText());

      float[] heard = heard(frames);
      int loudest = loudest(heard);
      double scale = master[loudest] / (double) heard[loudest];
      assertThat(scale).as("only normalised").isGreaterThan(0.5);
      for (LivePeer.Frame frame : frames) {
        for (int i = (int) frame.seq() * 2 * BLOCK; i < ((int) frame.seq() + 1) * 2 * BLOCK; i++) {
          assertThat((double) master[i]).as("sample %d of channel %d", i / 2, i % 2).isCloseTo(heard[i] * scale, within(2e-6));
        }
      }
      assertThat(exported.get("stems")).hasSize(3);
      for (JsonNode stem : exported.get("stems")) {
        float[] samples = JamExportTest.wav(band, stem.get("renderId").asText());
        assertThat(samples).as("all begin and end together, also the one that came late").hasSameSizeAs(master);
        if (stem.get("trackId").asText().equals(late)) {
          assertThat(Arrays.copyOf(samples, 2 * 4 * 12 * BLOCK)).as("before it came").containsOnly(0f);
          assertThat(samples[loudest(samples)]).as("when it was there").isNotZero();
        }
      }
    }
  }

  @Test
  void aTapeThatBeginsLaterIsWhatWasHeardSinceThen() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host(",\"seed\":5");
      String id = JamBand.created(host).get("sessionId").asText();
      String track = JamBand.addTrack(host, "");
      JamBand.note(host, track, "before", 50);
      host.play(4);
      host.send("{\"type\":\"track_note_off\",\"trackId\":\"" + track + "\",\"noteId\":\"before\",\"releaseMs\":20}");
      while (loudness(host.play(1)) > 0) {
        // until it is silent
      }
      host.send("{\"type\":\"record_start\"}");
      host.await("record_status");
      JamBand.note(host, track, "a", 62);
      float[] heard = host.play(60);
      host.send("{\"type\":\"record_stop\"}");
      host.await(message -> message.path("type").asText().equals("record_status") && !message.get("recording").asBoolean(), "stop");
      float[] master = JamExportTest.wav(band, band.daemon.post("/api/v1/jams/" + id + "/export", "{}").json().get("renderId").asText());

      int onset = onset(heard);
      int shift = onset(master) - onset;
      assertThat(shift % BLOCK).as("tapes begin with a block").isZero();
      int length = Math.min(20 * BLOCK, heard.length - onset);
      int loudest = loudest(Arrays.copyOfRange(heard, onset, onset + length)) + onset;
      double scale = master[loudest + shift] / (double) heard[loudest];
      for (int i = onset; i < onset + length; i++) {
        assertThat((double) master[i + shift]).as("sample %d", i - onset).isCloseTo(heard[i] * scale, within(2e-6));
      }
    }
  }

  private static float loudness(float[] samples) {
    return Math.abs(samples[loudest(samples)]);
  }

  private static int onset(float[] samples) {
    int i = 0;
    while (samples[i] == 0) {
      i++;
    }
    return i;
  }

  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }

  private static void change(LivePeer host, String track, String members) {
    host.send("{\"type\":\"track_update\",\"trackId\":\"" + track + "\"," + members + "}");
    host.await("track_updated");
  }

  private static int loudest(float[] samples) {
    int loudest = 0;
    for (int i = 0; i < samples.length; i++) {
      loudest = Math.abs(samples[i]) > Math.abs(samples[loudest]) ? i : loudest;
    }
    return loudest;
  }

  /** Every frame at its place: on a busy machine some may not arrive. */
  private static float[] heard(List<LivePeer.Frame> frames) {
    float[] all = new float[((int) frames.getLast().seq() + 1) * 2 * BLOCK];
    for (LivePeer.Frame frame : frames) {
      System.arraycopy(frame.samples(), 0, all, (int) frame.seq() * 2 * BLOCK, 2 * BLOCK);
    }
    return all;
  }
}
