package dev.cantora.client.jam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cantora.api.jam.JamRecordStart;
import dev.cantora.api.jam.JamRecordStatus;
import dev.cantora.api.jam.JamRecordStop;
import dev.cantora.api.jam.JamServerMessage;
import dev.cantora.api.jam.Participant;
import dev.cantora.api.jam.RecordExport;
import dev.cantora.api.jam.RecordExported;
import dev.cantora.api.jam.SessionCreate;
import dev.cantora.api.jam.Snapshot;
import dev.cantora.api.jam.Track;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.api.jam.TrackNoteAck;
import dev.cantora.api.jam.TrackNoteOff;
import dev.cantora.api.jam.TrackNoteOn;
import dev.cantora.api.model.JamExportRequest;
import dev.cantora.client.Cantora;
import dev.cantora.client.JamExporting;
import dev.cantora.client.errors.NoRecordingException;
import dev.cantora.client.errors.NotFoundException;
import dev.cantora.client.errors.SessionNotFoundException;
import dev.cantora.client.socket.AudioFrame;
import dev.cantora.client.testing.CuttableLink;
import dev.cantora.daemon.testing.TestDaemon;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jam client against a real daemon with the project's own voices. */
class JamConnectionTest {
  private static final long PATIENCE_SEC = 30;
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("PRESET_DIR", Path.of("..", "presets").toAbsolutePath().normalize().toString());
  }

  @AfterAll
  static void stop() throws Exception {
    daemon.close();
  }

  /** Keeps what came. */
  private static final class Ear implements JamListener {
    final BlockingQueue<AudioFrame> frames = new LinkedBlockingQueue<>();
    final BlockingQueue<JamServerMessage> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> resumes = new LinkedBlockingQueue<>();

    @Override
    public void onFrame(AudioFrame frame) {
      frames.add(frame);
    }

    @Override
    public void onMessage(JamServerMessage message) {
      messages.add(message);
    }

    @Override
    public void onResumed(boolean resumed) {
      resumes.add(resumed);
    }
  }

  private static Cantora cantora() {
    return Cantora.connect("http://127.0.0.1:" + daemon.port());
  }

  private static TrackAdd track() {
    return TrackAdd.builder().presetId("default-voice").build();
  }

  @Test
  void twoPlayTogetherAndTheHostExportsWhatWasRecorded() throws Exception {
    Cantora cantora = cantora();
    Ear guestEar = new Ear();
    try (JamConnection host = cantora.jam("Ada", new Ear()); JamConnection guest = cantora.jam("Bo", guestEar)) {
      Snapshot session = host.create(SessionCreate.builder().bpm(120.0).seed(7).build());
      assertThat(guest.join(session.sessionId()).participants()).extracting(Participant::displayName)
          .containsExactly("Ada", "Bo");
      Track track = host.addTrack(track());
      assertThat(host.ask(new JamRecordStart(), JamRecordStatus.class).recording()).isTrue();
      TrackNoteAck ack = guest.ask(
          TrackNoteOn.builder().trackId(track.trackId()).noteId("n").midi(60).velocity(0.8).build(), TrackNoteAck.class);
      assertThat(ack.noteId()).isEqualTo("n");
      assertThat(guestEar.frames.poll(PATIENCE_SEC, TimeUnit.SECONDS)).isNotNull();
      guest.send(TrackNoteOff.builder().trackId(track.trackId()).noteId("n").build());
      guest.ask(TrackNoteOn.builder().trackId(track.trackId()).noteId("m").midi(64).velocity(0.8).build(), TrackNoteAck.class);
      assertThat(host.ask(new JamRecordStop(), JamRecordStatus.class).recording()).isFalse();
      RecordExported exported = host.ask(RecordExport.builder().name("Duet").build(), RecordExported.class);
      assertThat(cantora.render(exported.renderId()).meta().name()).isEqualTo("Duet");
    }
  }

  @Test
  void roomsAreListedAndTheirTapesExportedWithStemsAndNotes() throws Exception {
    Cantora cantora = cantora();
    try (JamConnection host = cantora.jam("Eve", new Ear())) {
      Snapshot room = host.create(SessionCreate.builder().name("Loft").build());
      assertThat(cantora.jams()).anySatisfy(card -> {
        assertThat(card.sessionId()).isEqualTo(room.sessionId());
        assertThat(card.name()).isEqualTo("Loft");
        assertThat(card.participants()).isEqualTo(1);
      });
      Track track = host.addTrack(track());
      assertThat(catchThrowableOfType(NoRecordingException.class,
          () -> cantora.exportJam(room.sessionId(), JamExportRequest.builder().build()).join())).isNotNull();
      host.ask(new JamRecordStart(), JamRecordStatus.class);
      host.ask(TrackNoteOn.builder().trackId(track.trackId()).noteId("n").midi(64).velocity(0.8).build(), TrackNoteAck.class);
      host.ask(new JamRecordStop(), JamRecordStatus.class);
      JamExporting export = cantora.exportJam(room.sessionId(), JamExportRequest.builder().name("Set").stems(true).build());
      JamExporting.Exported exported = export.join();
      assertThat(export.jobId()).isNotBlank();
      assertThat(exported.master().meta().name()).isEqualTo("Set");
      assertThat(exported.stems()).containsOnlyKeys(track.trackId());
      assertThat(exported.stems().get(track.trackId()).meta().durationSec()).isEqualTo(exported.master().meta().durationSec());
      try (InputStream midi = exported.master().tapeMidi()) {
        assertThat(new String(midi.readNBytes(4), StandardCharsets.US_ASCII)).isEqualTo("MThd");
      }
      assertThat(catchThrowableOfType(NotFoundException.class,
          () -> cantora.exportJam("00000000", JamExportRequest.builder().build()).join())).isNotNull();
    }
  }

  @Test
  void aSessionThatDoesNotExistIsATypedException() {
    try (JamConnection alone = cantora().jam("Cy", new Ear())) {
      SessionNotFoundException refused =
          catchThrowableOfType(SessionNotFoundException.class, () -> alone.join("00000000"));
      assertThat(refused.hint()).isPresent();
    }
  }

  @Test
  void aBrokenConnectionGoesOnAsTheSameParticipant() throws Exception {
    Ear ear = new Ear();
    try (CuttableLink link = new CuttableLink(daemon.port());
        JamConnection host = Cantora.connect(link.url()).jam("Di", ear)) {
      host.create(SessionCreate.builder().build());
      Track track = host.addTrack(track());
      String before = host.participantId();
      link.cut();
      assertThat(ear.resumes.poll(PATIENCE_SEC, TimeUnit.SECONDS)).as("resumed").isTrue();
      assertThat(host.participantId()).isEqualTo(before);
      assertThat(host.ask(
          TrackNoteOn.builder().trackId(track.trackId()).noteId("n").midi(60).velocity(0.8).build(), TrackNoteAck.class)
          .noteId()).isEqualTo("n");
    }
  }
}
