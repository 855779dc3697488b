package dev.cantora.engine.interchange;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * Standard MIDI files, with all changes of tempo, lyric events (type 5, or text of type 1 in karaoke files) and a choice
 * of track. Words belong to the notes of their own track; karaoke files have them on a track without notes, for all others.
 * Notes of one channel and key end first in, first out. Files without a tempo are read at 120.
 */
public final class MidiReader {
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_NOTES = 100_000;
  private static final double SHORTEST_SEC = 0.001;
  private static final double LATEST_SEC = 3600;
  private static final double REACH_QUARTERS = 1.0 / 40;
  private static final int META_TEXT = 0x01;
  private static final int META_LYRIC = 0x05;
  private static final int META_TEMPO = 0x51;

  private final MidiOptions options;
  private final Sequence sequence;
  private final TempoMap tempo;
  private final List<Note> notes = new ArrayList<>();
  private final TreeMap<Long, String> lyrics = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private int unmatchedOff;
  private int unmatchedOn;

  private record Sounding(long tick, int velocity) {}

  private MidiReader(Sequence sequence, MidiOptions options) {
    this.sequence = sequence;
    this.options = options;
    this.tempo = new TempoMap(sequence.getResolution());
  }

  /** @throws EngineException SCORE_FILE_UNREADABLE for what is not a MIDI file, uses SMPTE time, or is out of bounds */
  public static ImportedScore read(byte[] file, MidiOptions options) {
    if (file.length > MOST_BYTES) {
      throw refused("a MIDI file may hold " + MOST_BYTES + " bytes, not " + file.length);
    }
    if (!MidiBounds.hold(file)) {
      throw refused("not a readable MIDI file: a chunk or event claims more than the file holds");
    }
    try {
      Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(file));
      if (sequence.getDivisionType() != Sequence.PPQ || sequence.getResolution() <= 0) {
        throw refused("the MIDI file counts SMPTE frames instead of quarters");
      }
      return new MidiReader(sequence, options).read();
    } catch (InvalidMidiDataException | IOException | RuntimeException e) {
      if (e instanceof EngineException known) {
        throw known;
      }
      throw refused("not a readable MIDI file: " + e.getMessage());
    }
  }

  private ImportedScore read() {
    Track[] tracks = sequence.getTracks();
    if (options.track() != null && (options.track() < 0 || options.track() >= tracks.length)) {
      throw refused("the MIDI file has tracks 0.." + (tracks.length - 1) + ", not " + options.track());
    }
    readTempo(tracks);
    for (int i = 0; i < tracks.length; i++) {
      if (options.track() == null || options.track() == i) {
        readTrack(tracks[i]);
      }
    }
    notes.sort(Comparator.comparingDouble(Note::startSec).thenComparingDouble(Note::midi));
    var numbered = new ArrayList<Note>();
    for (Note n : notes) {
      numbered.add(new Note("note_" + (numbered.size() + 1), n.startSec(), n.durationSec(), n.midi(), n.velocity(),
          n.timbre(), null, 0, 0, null, n.lyric()));
    }
    if (unmatchedOff + unmatchedOn > 0) {
      warnings.add(unmatchedOff + " ends without a note, " + unmatchedOn + " notes without an end.");
    }
    double bpm = Math.clamp(options.bpmOverride() != null ? options.bpmOverride() : tempo.firstBpm(), 20, 400);
    return new ImportedScore(new Score(bpm, numbered, null, null, null, null), tracks.length, unmatchedOff,
        unmatchedOn, warnings);
  }

  private void readTempo(Track[] tracks) {
    if (options.bpmOverride() != null) {
      tempo.add(0, 60e6 / options.bpmOverride());
      return;
    }
    for (Track track : tracks) {
      for (int i = 0; i < track.size(); i++) {
        if (track.get(i).getMessage() instanceof MetaMessage meta && meta.getType() == META_TEMPO
            && meta.getData().length == 3) {
          byte[] d = meta.getData();
          int micros = (d[0] & 0xFF) << 16 | (d[1] & 0xFF) << 8 | d[2] & 0xFF;
          if (micros > 0) {
            tempo.add(track.get(i).getTick(), micros);
          }
        }
      }
    }
    if (tempo.isEmpty()) {
      warnings.add("The file states no tempo; it is read at 120 quarters a minute.");
    }
  }

  private void readTrack(Track track) {
    lyrics.clear();
    readLyrics(track);
    Map<Integer, Deque<Sounding>> sounding = new HashMap<>();
    for (int i = 0; i < track.size(); i++) {
      MidiEvent event = track.get(i);
      if (event.getMessage() instanceof ShortMessage m
          && (m.getCommand() == ShortMessage.NOTE_ON || m.getCommand() == ShortMessage.NOTE_OFF)) {
        int key = m.getChannel() << 7 | m.getData1();
        if (m.getCommand() == ShortMessage.NOTE_ON && m.getData2() > 0) {
          sounding.computeIfAbsent(key, k -> new ArrayDeque<>()).add(new Sounding(event.getTick(), m.getData2()));
        } else {
          Deque<Sounding> begun = sounding.get(key);
          if (begun == null || begun.isEmpty()) {
            unmatchedOff++;
          } else {
            addNote(begun.poll(), event.getTick(), m.getData1());
          }
        }
      }
    }
    sounding.forEach((key, begun) -> begun.forEach(s -> {
      unmatchedOn++;
      addNote(s, Math.max(s.tick() + 1, track.ticks()), key & 0x7F);
    }));
  }

  private void readLyrics(Track track) {
    readOwnLyrics(track);
    for (Track words : sequence.getTracks()) {
      if (lyrics.isEmpty() && MidiContents.notes(words) == 0) {
        readOwnLyrics(words);
      }
    }
  }

  /** Lyric events; text events only where a track has none of those (karaoke). A slash or backslash starts a line. */
  private void readOwnLyrics(Track track) {
    for (int type : new int[] {META_LYRIC, META_TEXT}) {
      for (int i = 0; i < track.size() && (type == META_LYRIC || lyrics.isEmpty()); i++) {
        if (track.get(i).getMessage() instanceof MetaMessage meta && meta.getType() == type) {
          addLyric(track.get(i).getTick(), text(meta.getData()), type == META_TEXT);
        }
      }
    }
  }

  private void addLyric(long tick, String raw, boolean karaoke) {
    String text = raw.replaceAll("^[/\\\\]+", "").strip();
    boolean comment = raw.startsWith("@") || karaoke && tick == 0;
    if (!text.isEmpty() && !comment) {
      lyrics.merge(tick, text.length() > 200 ? text.substring(0, 200) : text, (a, b) -> a + " " + b);
    }
  }

  /** UTF-8 where it is, else Latin-1. */
  private static String text(byte[] data) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException e) {
      return new String(data, StandardCharsets.ISO_8859_1);
    }
  }

  private void addNote(Sounding begun, long endTick, int key) {
    double start = tempo.seconds(begun.tick());
    double duration = Math.max(SHORTEST_SEC, tempo.seconds(endTick) - start);
    if (start + duration > LATEST_SEC) {
      throw refused("the MIDI file is longer than an hour");
    }
    if (notes.size() == MOST_NOTES) {
      throw refused("the MIDI file holds more than " + MOST_NOTES + " notes");
    }
    double velocity = begun.velocity() > 0 ? begun.velocity() / 127.0 : options.defaultVelocity();
    notes.add(new Note("", start, duration, key, velocity, options.defaultTimbre(), null, 0, 0, null,
        takeLyric(begun.tick())));
  }

  /** The word at a tick, or the nearest within {@link #REACH_QUARTERS}: programs place the two by rounding differently. */
  private String takeLyric(long tick) {
    long reach = Math.round(REACH_QUARTERS * sequence.getResolution());
    return Stream.of(tick, lyrics.floorKey(tick), lyrics.ceilingKey(tick))
        .filter(at -> at != null && Math.abs(at - tick) <= reach && lyrics.containsKey(at))
        .min(Comparator.comparingLong(at -> Math.abs(at - tick))).map(lyrics::remove).orElse(null);
  }

  private static EngineException refused(String message) {
    return new EngineException(EngineException.Fault.SCORE_FILE_UNREADABLE, message);
  }
}
