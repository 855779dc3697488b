package dev.cantora.engine.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.score.Note;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;

class MidiReaderTest {

  private static byte[] bytes(Sequence sequence) throws Exception {
    var out = new ByteArrayOutputStream();
    MidiSystem.write(sequence, 1, out);
    return out.toByteArray();
  }

  private static void tempo(Track track, long tick, int micros) throws Exception {
    track.add(new MidiEvent(new MetaMessage(0x51,
        new byte[] {(byte) (micros >> 16), (byte) (micros >> 8), (byte) micros}, 3), tick));
  }

  private static void note(Track track, int key, long on, long off, String lyric) throws Exception {
    if (lyric != null) {
      byte[] data = lyric.getBytes(StandardCharsets.UTF_8);
      track.add(new MidiEvent(new MetaMessage(5, data, data.length), on));
    }
    track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, key, 127), on));
    track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, key, 0), off));
  }

  @Test
  void everyChangeOfTempoMovesTheNotesAfterIt() throws Exception {
    var sequence = new Sequence(Sequence.PPQ, 480);
    Track track = sequence.createTrack();
    tempo(track, 0, 500_000);
    tempo(track, 480, 1_000_000);
    note(track, 60, 0, 480, "A-");
    note(track, 62, 480, 960, "men");
    ImportedScore read = MidiReader.read(bytes(sequence), MidiOptions.DEFAULT);
    List<Note> notes = read.score().notes();
    assertThat(notes.get(1).startSec()).isCloseTo(0.5, within(1e-9));
    assertThat(notes.get(1).durationSec()).isCloseTo(1.0, within(1e-9));
    assertThat(notes.get(0).lyric()).isEqualTo("A-");
    assertThat(notes.get(1).id()).isEqualTo("note_2");
    assertThat(read.score().bpm()).isCloseTo(120, within(1e-9));
  }

  @Test
  void aFileWithoutATempoIsReadAt120WithAWarning() throws Exception {
    var sequence = new Sequence(Sequence.PPQ, 96);
    note(sequence.createTrack(), 60, 0, 96, null);
    ImportedScore read = MidiReader.read(bytes(sequence), MidiOptions.DEFAULT);
    assertThat(read.score().notes().getFirst().durationSec()).isCloseTo(0.5, within(1e-9));
    assertThat(read.warnings()).hasSize(1);
  }

  @Test
  void oneTrackCanBeChosen() throws Exception {
    var sequence = new Sequence(Sequence.PPQ, 96);
    note(sequence.createTrack(), 60, 0, 96, null);
    note(sequence.createTrack(), 72, 0, 96, null);
    assertThat(MidiReader.read(bytes(sequence), MidiOptions.DEFAULT).score().notes()).hasSize(2);
    assertThat(MidiReader.read(bytes(sequence), new MidiOptions(null, 1, "AH", 1)).score().notes())
        .singleElement().satisfies(n -> assertThat(n.midi()).isEqualTo(72));
    assertThatThrownBy(() -> MidiReader.read(bytes(sequence), new MidiOptions(null, 7, null, 1)))
        .isInstanceOf(EngineException.class);
  }

  @Test
  void wordsOnATrackOfTheirOwnGoToTheNotesThatBeginWithThem() throws Exception {
    var sequence = new Sequence(Sequence.PPQ, 480);
    Track conductor = sequence.createTrack();
    conductor.add(new MidiEvent(new MetaMessage(0x03, "My song".getBytes(StandardCharsets.UTF_8), 7), 0));
    conductor.add(new MidiEvent(new MetaMessage(0x58, new byte[] {6, 3, 24, 8}, 4), 0));
    Track words = sequence.createTrack();
    for (String[] word : new String[][] {{"480", "sing"}, {"965", "loud"}, {"2000", "nobody"}}) {
      words.add(new MidiEvent(new MetaMessage(5, word[1].getBytes(StandardCharsets.UTF_8), word[1].length()), Long.parseLong(word[0])));
    }
    Track melody = sequence.createTrack();
    note(melody, 60, 480, 900, null);
    note(melody, 62, 960, 1400, null);
    note(melody, 64, 1440, 1900, null);

    ImportedFile read = ScoreFiles.read(bytes(sequence), ScoreFormat.MIDI, MidiOptions.DEFAULT);

    assertThat(read.score().notes()).extracting(Note::lyric).as("the second is 5 ticks off").containsExactly("sing", "loud", null);
    assertThat(read.head()).isEqualTo(new ScoreHead("My song", ScoreHead.Metre.of(6, 8)));
    assertThat(read.tracks()).extracting(ImportedFile.Track::notes).containsExactly(0, 0, 3);
  }

  @Test
  void smpteTimeAndRubbishAreRefused() throws Exception {
    var smpte = new Sequence(Sequence.SMPTE_25, 40);
    note(smpte.createTrack(), 60, 0, 96, null);
    assertThatThrownBy(() -> MidiReader.read(bytes(smpte), MidiOptions.DEFAULT)).hasMessageContaining("SMPTE");
    var random = new Random(1);
    var sequence = new Sequence(Sequence.PPQ, 96);
    note(sequence.createTrack(), 60, 0, 96, "la");
    byte[] good = bytes(sequence);
    for (int i = 0; i < 40; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      try {
        MidiReader.read(bad, MidiOptions.DEFAULT);
      } catch (EngineException e) {
        assertThat(e.fault()).isEqualTo(EngineException.Fault.SCORE_FILE_UNREADABLE);
      }
    }
  }
}
