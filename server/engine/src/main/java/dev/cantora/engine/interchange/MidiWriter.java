package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** A Standard MIDI file of format 1: a track for the tempo, one for notes and lyric events, 960 ticks to the quarter. */
final class MidiWriter {
  private static final int TICKS = 960;

  private MidiWriter() {}

  /** @param lyrics one for each note, or null for none */
  static byte[] write(Score score, List<String> lyrics) {
    try {
      Sequence sequence = new Sequence(Sequence.PPQ, TICKS);
      int micros = (int) Math.round(60e6 / score.bpm());
      meta(sequence.createTrack(), 0x51, new byte[] {(byte) (micros >> 16), (byte) (micros >> 8), (byte) micros}, 0);
      Track track = sequence.createTrack();
      double ticksPerSec = TICKS * 1e6 / micros;
      for (int i = 0; i < score.notes().size(); i++) {
        Note note = score.notes().get(i);
        long start = Math.round(note.startSec() * ticksPerSec);
        long end = Math.max(start + 1, Math.round(note.endSec() * ticksPerSec));
        int key = (int) Math.clamp(Math.round(note.midi()), 0, 127);
        if (lyrics.get(i) != null) {
          meta(track, 0x05, lyrics.get(i).getBytes(StandardCharsets.UTF_8), start);
        }
        int velocity = (int) Math.clamp(Math.round(note.velocity() * 127), 1, 127);
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, key, velocity), start));
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, key, 0), end));
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MidiSystem.write(sequence, 1, out);
      return out.toByteArray();
    } catch (InvalidMidiDataException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void meta(Track track, int type, byte[] data, long tick) throws InvalidMidiDataException {
    track.add(new MidiEvent(new MetaMessage(type, data, data.length), tick));
  }
}
