package dev.cantora.daemon.jam.tape;

import dev.cantora.daemon.jam.time.TimeSignature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** A tape as a Standard MIDI File, format 1: a tempo track, then one track per singer. */
public final class TapeMidi {

  private static final int TICKS_PER_BEAT = 960;
  private static final int META_TEMPO = 0x51;
  private static final int META_TIME_SIGNATURE = 0x58;
  private static final int META_TRACK_NAME = 0x03;
  private static final int SMF_TYPE_1 = 1;

  /** @param sample where the tempo begins @param tick the same place */
  private record TempoPoint(long sample, long tick, double bpm) {}

  private final EventTape tape;
  private final List<TempoPoint> tempos = new ArrayList<>();

  private TapeMidi(EventTape tape) {
    this.tape = tape;
  }

  /** @return the file's bytes */
  public static byte[] write(EventTape tape) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MidiSystem.write(new TapeMidi(tape).sequence(), SMF_TYPE_1, out);
      return out.toByteArray();
    } catch (InvalidMidiDataException e) {
      throw new IllegalStateException("a valid tape gives valid MIDI", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sequence sequence() throws InvalidMidiDataException {
    Sequence sequence = new Sequence(Sequence.PPQ, TICKS_PER_BEAT);
    Track conductor = sequence.createTrack();
    tempo(conductor, 0, tape.bpm(), tape.timeSig());
    for (TapeEvent event : tape.events()) {
      if (event.payload() instanceof TapeEvent.Tempo change) {
        tempo(conductor, event.tSample(), change.bpm(), change.timeSig());
      }
    }
    int channel = 0;
    for (TapeTrack track : tape.tracks()) {
      notes(sequence.createTrack(), track, channel);
      channel = channel == 8 ? 10 : (channel + 1) % 16; // channel 10 is for drums
    }
    return sequence;
  }

  private void tempo(Track conductor, long sample, double bpm, TimeSignature metre) throws InvalidMidiDataException {
    long tick = sample == 0 ? 0 : tickOf(sample);
    tempos.add(new TempoPoint(sample, tick, bpm));
    int microsPerBeat = (int) Math.round(60_000_000 / bpm);
    byte[] tempo = {(byte) (microsPerBeat >> 16), (byte) (microsPerBeat >> 8), (byte) microsPerBeat};
    conductor.add(new MidiEvent(new MetaMessage(META_TEMPO, tempo, tempo.length), tick));
    byte[] signature = {(byte) metre.num(), (byte) Integer.numberOfTrailingZeros(metre.den()), 24, 8};
    conductor.add(new MidiEvent(new MetaMessage(META_TIME_SIGNATURE, signature, signature.length), tick));
  }

  private void notes(Track out, TapeTrack track, int channel) throws InvalidMidiDataException {
    byte[] name = track.name().getBytes(StandardCharsets.UTF_8);
    out.add(new MidiEvent(new MetaMessage(META_TRACK_NAME, name, name.length), 0));
    Map<String, Integer> sounding = new HashMap<>();
    for (TapeEvent event : tape.events()) {
      if (!event.trackId().equals(track.trackId())) {
        continue;
      }
      long tick = tickOf(event.tSample());
      if (event.payload() instanceof TapeEvent.NoteOn on) {
        end(out, channel, sounding.remove(on.note().noteId()), tick);
        int key = (int) Math.round(on.note().midi());
        int velocity = Math.max(1, (int) Math.round(on.note().velocity() * 127));
        out.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, channel, key, velocity), tick));
        sounding.put(on.note().noteId(), key);
      } else if (event.payload() instanceof TapeEvent.NoteOff off) {
        end(out, channel, sounding.remove(off.noteId()), tick);
      } else if (event.payload() instanceof TapeEvent.Panic || event.payload() instanceof TapeEvent.TrackRemoved) {
        for (Integer key : sounding.values()) {
          end(out, channel, key, tick);
        }
        sounding.clear();
      }
    }
  }

  private static void end(Track out, int channel, Integer key, long tick) throws InvalidMidiDataException {
    if (key != null) {
      out.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, channel, key, 0), tick));
    }
  }

  private long tickOf(long sample) {
    TempoPoint in = tempos.getFirst();
    for (TempoPoint point : tempos) {
      if (point.sample() <= sample) {
        in = point;
      }
    }
    double beats = (sample - in.sample()) * in.bpm() / (60.0 * tape.sampleRateHz());
    return in.tick() + Math.round(beats * TICKS_PER_BEAT);
  }
}
