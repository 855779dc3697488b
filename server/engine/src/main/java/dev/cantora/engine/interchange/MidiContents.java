package dev.cantora.engine.interchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** Head and tracks of a MIDI file that was read already. */
record MidiContents(ScoreHead head, List<ImportedFile.Track> tracks) {
  private static final int META_NAME = 0x03;
  private static final int META_TIME_SIGNATURE = 0x58;

  static MidiContents of(byte[] file) {
    try {
      Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(file));
      List<ImportedFile.Track> tracks = new ArrayList<>();
      for (Track track : sequence.getTracks()) {
        String name = meta(track, META_NAME).findFirst().map(m -> new String(m.getData(), StandardCharsets.UTF_8).strip()).orElse("");
        tracks.add(new ImportedFile.Track(tracks.size(), name.length() > 100 ? name.substring(0, 100) : name, notes(track)));
      }
      return new MidiContents(new ScoreHead(title(tracks), metre(sequence)), tracks);
    } catch (InvalidMidiDataException | IOException wasReadBefore) {
      return new MidiContents(ScoreHead.titled(""), List.of());
    }
  }

  static int notes(Track track) {
    return (int) messages(track).filter(message -> message instanceof ShortMessage m
        && m.getCommand() == ShortMessage.NOTE_ON && m.getData2() > 0).count();
  }

  /** In files of several tracks the first is the conductor's and bears the name of the piece. */
  private static String title(List<ImportedFile.Track> tracks) {
    return tracks.size() > 1 && tracks.getFirst().notes() == 0 ? tracks.getFirst().name() : "";
  }

  private static Optional<ScoreHead.Metre> metre(Sequence sequence) {
    return Arrays.stream(sequence.getTracks()).flatMap(track -> meta(track, META_TIME_SIGNATURE))
        .filter(message -> message.getData().length >= 2).findFirst()
        .flatMap(message -> ScoreHead.Metre.of(message.getData()[0], Math.pow(2, message.getData()[1])));
  }

  private static Stream<MetaMessage> meta(Track track, int type) {
    return messages(track).filter(MetaMessage.class::isInstance).map(MetaMessage.class::cast).filter(meta -> meta.getType() == type);
  }

  private static Stream<MidiMessage> messages(Track track) {
    return IntStream.range(0, track.size()).mapToObj(i -> track.get(i).getMessage());
  }
}
