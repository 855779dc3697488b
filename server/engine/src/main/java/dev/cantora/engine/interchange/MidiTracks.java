package dev.cantora.engine.interchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** Names and sizes of the tracks of a MIDI file that was read already. */
final class MidiTracks {
  private static final int META_NAME = 0x03;

  private MidiTracks() {}

  static List<ImportedFile.Track> of(byte[] file) {
    try {
      List<ImportedFile.Track> tracks = new ArrayList<>();
      for (Track track : MidiSystem.getSequence(new ByteArrayInputStream(file)).getTracks()) {
        String name = "";
        int notes = 0;
        for (int i = 0; i < track.size(); i++) {
          MidiMessage message = track.get(i).getMessage();
          if (message instanceof MetaMessage meta && meta.getType() == META_NAME && name.isEmpty()) {
            name = new String(meta.getData(), StandardCharsets.UTF_8).strip();
          } else if (message instanceof ShortMessage m && m.getCommand() == ShortMessage.NOTE_ON && m.getData2() > 0) {
            notes++;
          }
        }
        tracks.add(new ImportedFile.Track(tracks.size(), name.length() > 100 ? name.substring(0, 100) : name, notes));
      }
      return tracks;
    } catch (InvalidMidiDataException | IOException wasReadBefore) {
      return List.of();
    }
  }
}
