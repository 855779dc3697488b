package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.engine.audio.TanhLimiter;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;

/** Tapes into the bank, over the socket and over HTTP, through the queue of all renders. */
class JamExportTest {

  private static final String KEYS = "[{\"id\":\"ann\",\"key\":\"ka\"},{\"id\":\"bob\",\"key\":\"kb\"}]";

  @Test
  void stemsSumToTheMasterBeforeItsLimiterBitForBit() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host(",\"seed\":5");
      String id = JamBand.recorded(host);
      JsonNode exported = band.daemon.post("/api/v1/jams/" + id + "/export", "{\"stems\":true,\"name\":\"Set\"}").json();
      assertThat(exported.get("stems")).hasSize(2);
      float[] master = wav(band, exported.get("renderId").asText());
      float[] sum = new float[master.length];
      for (JsonNode stem : exported.get("stems")) {
        float[] samples = wav(band, stem.get("renderId").asText());
        assertThat(samples).as("all start and end at the same sample").hasSameSizeAs(master);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += samples[i];
        }
      }
      TanhLimiter.apply(sum, sum.length);
      float peak = 0;
      for (float sample : sum) {
        peak = Math.max(peak, Math.abs(sample));
      }
      assertThat(peak).isGreaterThan(0.01f);
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= peak;
      }
      assertThat(sum).isEqualTo(master);
    }
  }

  @Test
  void bothWaysToExportGiveTheSameBytes() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host(",\"seed\":5");
      String id = JamBand.recorded(host);
      host.send("{\"type\":\"record_export\",\"name\":\"Set\"}");
      JsonNode bySocket = host.await("record_exported");
      Reply byHttp = band.daemon.post("/api/v1/jams/" + id + "/export", "{}", "X-Render-Job-Id", "my-export");
      assertThat(byHttp.header("X-Render-Job-Id")).isEqualTo("my-export");
      assertThat(byHttp.json().get("jobId").asText()).isEqualTo("my-export");
      assertThat(byHttp.json().get("wavHash")).isEqualTo(bySocket.get("wavHash"));
      String events = band.daemon.get("/api/v1/render/events?jobId=my-export").text();
      assertThat(events).contains("event: done").contains("\"voicesMax\":2");
      JsonNode provenance = band.daemon.get("/api/v1/renders/" + bySocket.get("renderId").asText() + "/provenance").json();
      assertThat(provenance.get("wavHash")).isEqualTo(bySocket.get("wavHash"));
      assertThat(provenance.get("eventCount").asInt()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void theTapeIsAMidiFileToo() throws Exception {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.recorded(host);
      host.send("{\"type\":\"record_export\"}");
      Reply file = band.daemon.get(host.await("record_exported").get("midiUrl").asText());
      assertThat(file.header("Content-Type")).isEqualTo("audio/midi");
      Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(file.body()));
      assertThat(sequence.getTracks()).hasSize(3);
      assertThat(metas(sequence.getTracks()[0], 0x51)).extracting(JamExportTest::bpm).containsExactly(120L, 90L);
      assertThat(metas(sequence.getTracks()[0], 0x58)).extracting(data -> data[0] + "/" + (1 << data[1]))
          .containsExactly("4/4", "3/4");
      assertThat(metas(sequence.getTracks()[1], 0x03)).extracting(data -> new String(data, StandardCharsets.UTF_8))
          .containsExactly("Lead");
      assertThat(notes(sequence.getTracks()[1])).containsExactly("on 67 114", "off 67");
      assertThat(notes(sequence.getTracks()[2])).containsExactly("on 48 114", "off 48");
    }
  }

  @Test
  void aRenderThatIsNoJamExportHasNoMidi() {
    try (JamBand band = new JamBand()) {
      Reply saved = band.daemon.post("/api/v1/renders", "{\"score\":{\"bpm\":120,\"notes\":[]},\"config\":{\"presetId\":\"choir\"}}");
      Reply none = band.daemon.get("/api/v1/renders/" + saved.json().at("/meta/id").asText() + "/tape.mid");
      ErrorProof.check(band.daemon, none, ErrorCode.NOT_FOUND);
    }
  }

  @Provokes(ErrorCode.NO_RECORDING)
  @Test
  void exportOverHttpOfWhatWasNeverRecorded() {
    try (JamBand band = new JamBand()) {
      String id = JamBand.created(band.host("")).get("sessionId").asText();
      ErrorProof.check(band.daemon, band.daemon.post("/api/v1/jams/" + id + "/export", "{}"), ErrorCode.NO_RECORDING);
      ErrorProof.check(band.daemon, band.daemon.post("/api/v1/jams/00000000/export", "{}"), ErrorCode.NOT_FOUND);
      ErrorProof.check(band.daemon, band.daemon.post("/api/v1/jams/" + id + "/export", "{\"channels\":3}"), ErrorCode.INVALID_BODY);
    }
  }

  @Provokes(ErrorCode.EXPORT_FAILED)
  @Test
  void anExportFailsWhenItsVoiceIsGone() throws IOException {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      String id = JamBand.recorded(host);
      delete(band.daemon.folder().resolve("presets/choir"));
      ErrorProof.check(band.daemon, band.daemon.post("/api/v1/jams/" + id + "/export", "{}"), ErrorCode.EXPORT_FAILED);
      host.send("{\"type\":\"record_export\"}");
      assertThat(JamBand.error(host)).isEqualTo("EXPORT_FAILED");
      long used = band.daemon.get("/api/v1/renders").json().at("/budget/usedBytes").asLong();
      assertThat(used).as("reservations are given back").isZero();
    }
  }

  @Test
  void anExportThatFindsNoRoomSaysSo() {
    try (JamBand band = new JamBand("RENDER_STORE_BUDGET_MB", "1")) {
      LivePeer host = band.host("");
      String id = JamBand.recorded(host);
      host.send("{\"type\":\"record_export\",\"stems\":true}");
      JsonNode error = host.await("jam_error");
      assertThat(error.get("code").asText()).isEqualTo("EXPORT_FAILED");
      assertThat(error.get("message").asText()).contains("Render store budget exceeded.");
      ErrorProof.check(band.daemon, band.daemon.post("/api/v1/jams/" + id + "/export", "{\"stems\":true}"), ErrorCode.RENDER_STORE_FULL);
      assertThat(band.daemon.get("/api/v1/renders").json().at("/budget/usedBytes").asLong()).isZero();
    }
  }

  @Test
  void onlyTheHostsPrincipalMayExport() {
    try (JamBand band = new JamBand("AUTH_KEYS", KEYS)) {
      LivePeer host = band.player("Ann", "?token=ka");
      host.send("{\"type\":\"session_create\"}");
      String id = JamBand.recorded(host);
      Reply refused = band.daemon.post("/api/v1/jams/" + id + "/export", "{}", "Authorization", "Bearer kb");
      ErrorProof.check(band.daemon, refused, ErrorCode.FORBIDDEN);
      Reply done = band.daemon.post("/api/v1/jams/" + id + "/export", "{}", "Authorization", "Bearer ka");
      String render = done.json().get("renderId").asText();
      assertThat(done.json().at("/meta/createdBy").asText()).isEqualTo("ann");
      Reply tape = band.daemon.get("/api/v1/renders/" + render + "/tape.mid", "Authorization", "Bearer kb");
      ErrorProof.check(band.daemon, tape, ErrorCode.FORBIDDEN);
    }
  }

  @Provokes(ErrorCode.CANCELLED)
  @Test
  void anExportIsCancelledByItsSessionAndByTheRenderRoutes() {
    try (JamBand band = new JamBand()) {
      LivePeer host = band.host("");
      JamBand.recorded(host);
      List<CompletableFuture<Reply>> busy = occupyQueue(band);
      host.send("{\"type\":\"record_export\"}");
      host.await("export_progress");
      host.send("{\"type\":\"export_cancel\"}");
      assertThat(JamBand.error(host)).isEqualTo("CANCELLED");

      host.send("{\"type\":\"record_export\"}");
      String job = host.await("export_progress").get("jobId").asText();
      assertThat(band.daemon.delete("/api/v1/render/jobs/" + job).json().get("state").asText()).isEqualTo("queued_removed");
      assertThat(JamBand.error(host)).isEqualTo("CANCELLED");

      for (int i = 0; i < busy.size(); i++) {
        band.daemon.delete("/api/v1/render/jobs/busy-" + i);
      }
      busy.forEach(CompletableFuture::join);
      host.send("{\"type\":\"record_export\"}");
      assertThat(host.await("record_exported").get("durationSec").asDouble()).isGreaterThan(2);
    }
  }

  /** Long renders on every worker, so that an export waits. */
  private static List<CompletableFuture<Reply>> occupyQueue(JamBand band) {
    StringBuilder notes = new StringBuilder("[");
    for (int voice = 0; voice < 64; voice++) {
      notes.append(voice == 0 ? "" : ",").append(String.format(Locale.ROOT,
          "{\"id\":\"v%d\",\"startSec\":0,\"durationSec\":299,\"midi\":%d}", voice, 30 + voice));
    }
    String body = "{\"score\":{\"bpm\":120,\"notes\":" + notes + "]},\"config\":{\"presetId\":\"choir\",\"maxPolyphony\":64}}";
    List<CompletableFuture<Reply>> renders = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      String job = "busy-" + i;
      renders.add(CompletableFuture.supplyAsync(
          () -> band.daemon.post("/api/v1/render", body, "X-Render-Job-Id", job), task -> Thread.ofVirtual().start(task)));
      band.daemon.log().await("render_job_started", event -> event.path("jobId").asText().equals(job));
    }
    return renders;
  }

  static float[] wav(JamBand band, String renderId) {
    byte[] file = band.daemon.get("/api/v1/renders/" + renderId + "/audio.wav").body();
    float[] samples = new float[(file.length - 44) / 4];
    ByteBuffer.wrap(file, 44, file.length - 44).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }

  private static List<byte[]> metas(Track track, int type) {
    List<byte[]> found = new ArrayList<>();
    for (int i = 0; i < track.size(); i++) {
      if (track.get(i).getMessage() instanceof MetaMessage meta && meta.getType() == type) {
        found.add(meta.getData());
      }
    }
    return found;
  }

  private static long bpm(byte[] tempo) {
    int micros = (tempo[0] & 0xFF) << 16 | (tempo[1] & 0xFF) << 8 | tempo[2] & 0xFF;
    return Math.round(60_000_000.0 / micros);
  }

  private static List<String> notes(Track track) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < track.size(); i++) {
      if (track.get(i).getMessage() instanceof ShortMessage note) {
        found.add(note.getCommand() == ShortMessage.NOTE_ON ? "on " + note.getData1() + " " + note.getData2()
            : "off " + note.getData1());
      }
    }
    return found;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
