package examples;

import dev.cantora.api.jam.JamRecordStart;
import dev.cantora.api.jam.JamRecordStatus;
import dev.cantora.api.jam.JamRecordStop;
import dev.cantora.api.jam.RecordExport;
import dev.cantora.api.jam.RecordExported;
import dev.cantora.api.jam.SessionCreate;
import dev.cantora.api.jam.Track;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.api.jam.TrackNoteAck;
import dev.cantora.api.jam.TrackNoteOn;
import dev.cantora.client.Cantora;
import dev.cantora.client.jam.JamConnection;
import dev.cantora.client.jam.JamListener;
import java.nio.file.Path;

/** Two people in a room: one records while the other sings, then both have the file. Arguments: URL and file. */
public final class JamTogether {
  private JamTogether() {}

  public static void main(String[] args) {
    Cantora cantora = Cantora.connect(args[0]);
    JamListener silent = new JamListener() {};
    try (JamConnection ada = cantora.jam("Ada", silent); JamConnection bo = cantora.jam("Bo", silent)) {
      bo.join(ada.create(SessionCreate.builder().bpm(120.0).build()).sessionId());
      Track track = ada.addTrack(TrackAdd.builder().presetId("default-voice").build());
      ada.ask(new JamRecordStart(), JamRecordStatus.class);
      bo.ask(TrackNoteOn.builder().trackId(track.trackId()).noteId("n1").midi(62).velocity(0.8).build(), TrackNoteAck.class);
      ada.ask(new JamRecordStop(), JamRecordStatus.class);
      RecordExported exported = ada.ask(RecordExport.builder().name("Duet").build(), RecordExported.class);
      cantora.render(exported.renderId()).save(Path.of(args[1]));
    }
  }
}
