package dev.cantora.engine.interchange;

import dev.cantora.engine.lyrics.timing.NoteLines;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * MusicXML 4.0: a part for each line that one singer could sing, bars of four quarters at the score's tempo, notes cut at
 * bar lines and tied. Times are rounded to 1/960 of a quarter, not to what is easily read: a score holds seconds.
 */
final class MusicXmlWriter {
  private static final int DIVISIONS = 960;
  private static final long BAR = 4L * DIVISIONS;
  private static final String[] STEPS = {"C", "C", "D", "D", "E", "F", "F", "G", "G", "A", "A", "B"};
  private static final boolean[] SHARP = {false, true, false, true, false, false, true, false, true, false, true, false};

  private final Score score;
  private final List<String> lyrics;
  private final XMLStreamWriter out;

  private MusicXmlWriter(Score score, List<String> lyrics, XMLStreamWriter out) {
    this.score = score;
    this.lyrics = lyrics;
    this.out = out;
  }

  /** @param lyrics one for each note, or null for none */
  static byte[] write(Score score, List<String> lyrics) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      new MusicXmlWriter(score, lyrics, out).document();
      out.close();
      return bytes.toByteArray();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void document() throws XMLStreamException {
    out.writeStartDocument("UTF-8", "1.0");
    out.writeDTD("<!DOCTYPE score-partwise PUBLIC \"-//Recordare//DTD MusicXML 4.0 Partwise//EN\" \"http://www.musicxml.org/dtds/partwise.dtd\">");
    out.writeStartElement("score-partwise");
    out.writeAttribute("version", "4.0");
    List<List<Integer>> lines = NoteLines.lines(score.notes());
    if (lines.isEmpty()) {
      lines = List.of(List.of());
    }
    out.writeStartElement("part-list");
    for (int i = 0; i < lines.size(); i++) {
      out.writeStartElement("score-part");
      out.writeAttribute("id", "P" + (i + 1));
      element("part-name", "Voice " + (i + 1));
      out.writeEndElement();
    }
    out.writeEndElement();
    for (int i = 0; i < lines.size(); i++) {
      out.writeStartElement("part");
      out.writeAttribute("id", "P" + (i + 1));
      part(lines.get(i), i == 0);
      out.writeEndElement();
    }
    out.writeEndElement();
    out.writeEndDocument();
  }

  /** A stretch inside one bar. @param note index, -1 for a rest */
  private record Piece(long start, long end, int note, boolean tiedBefore, boolean tiedAfter) {}

  private void part(List<Integer> line, boolean first) throws XMLStreamException {
    List<Piece> pieces = pieces(line);
    long end = pieces.isEmpty() ? 0 : pieces.getLast().end();
    int next = 0;
    for (long bar = 0; bar == 0 || bar * BAR < end; bar++) {
      out.writeStartElement("measure");
      out.writeAttribute("number", Long.toString(bar + 1));
      if (bar == 0) {
        attributes(first);
      }
      if (pieces.isEmpty()) {
        note(new Piece(0, BAR, -1, false, false));
      }
      while (next < pieces.size() && pieces.get(next).start() < (bar + 1) * BAR) {
        note(pieces.get(next++));
      }
      out.writeEndElement();
    }
  }

  private List<Piece> pieces(List<Integer> line) {
    List<Piece> pieces = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < line.size(); i++) {
      Note note = score.notes().get(line.get(i));
      long start = Math.max(at, divisions(note.startSec()));
      long end = Math.max(start + 1, divisions(note.endSec()));
      if (i + 1 < line.size()) {
        end = Math.max(start + 1, Math.min(end, divisions(score.notes().get(line.get(i + 1)).startSec())));
      }
      cut(at, start, -1, pieces);
      cut(start, end, line.get(i), pieces);
      at = end;
    }
    cut(at, (at + BAR - 1) / BAR * BAR, -1, pieces);
    return pieces;
  }

  private static void cut(long from, long to, int note, List<Piece> pieces) {
    for (long at = from; at < to; ) {
      long end = Math.min(to, (at / BAR + 1) * BAR);
      pieces.add(new Piece(at, end, note, note >= 0 && at > from, note >= 0 && end < to));
      at = end;
    }
  }

  private long divisions(double sec) {
    return Math.round(sec * score.bpm() / 60 * DIVISIONS);
  }

  private void attributes(boolean withTempo) throws XMLStreamException {
    out.writeStartElement("attributes");
    element("divisions", Integer.toString(DIVISIONS));
    out.writeStartElement("time");
    element("beats", "4");
    element("beat-type", "4");
    out.writeEndElement();
    out.writeStartElement("clef");
    element("sign", "G");
    element("line", "2");
    out.writeEndElement();
    out.writeEndElement();
    if (withTempo) {
      out.writeStartElement("direction");
      out.writeStartElement("direction-type");
      out.writeStartElement("metronome");
      element("beat-unit", "quarter");
      element("per-minute", Double.toString(score.bpm()));
      out.writeEndElement();
      out.writeEndElement();
      out.writeEmptyElement("sound");
      out.writeAttribute("tempo", Double.toString(score.bpm()));
      out.writeEndElement();
    }
  }

  private void note(Piece piece) throws XMLStreamException {
    out.writeStartElement("note");
    if (piece.note() < 0) {
      out.writeEmptyElement("rest");
    } else {
      pitch((int) Math.clamp(Math.round(score.notes().get(piece.note()).midi()), 0, 127));
    }
    element("duration", Long.toString(piece.end() - piece.start()));
    tie("tie", piece);
    element("voice", "1");
    if (piece.tiedBefore() || piece.tiedAfter()) {
      out.writeStartElement("notations");
      tie("tied", piece);
      out.writeEndElement();
    }
    if (piece.note() >= 0 && !piece.tiedBefore()) {
      lyric(piece.note());
    }
    out.writeEndElement();
  }

  private void tie(String name, Piece piece) throws XMLStreamException {
    if (piece.tiedBefore()) {
      out.writeEmptyElement(name);
      out.writeAttribute("type", "stop");
    }
    if (piece.tiedAfter()) {
      out.writeEmptyElement(name);
      out.writeAttribute("type", "start");
    }
  }

  private void pitch(int midi) throws XMLStreamException {
    out.writeStartElement("pitch");
    element("step", STEPS[midi % 12]);
    if (SHARP[midi % 12]) {
      element("alter", "1");
    }
    element("octave", Integer.toString(midi / 12 - 1));
    out.writeEndElement();
  }

  private void lyric(int note) throws XMLStreamException {
    String lyric = lyrics.get(note);
    if (lyric == null || lyric.equals("-") || lyric.equals("+") || lyric.isBlank()) {
      return;
    }
    out.writeStartElement("lyric");
    out.writeAttribute("number", "1");
    boolean begins = !lyric.startsWith("-");
    boolean goesOn = lyric.endsWith("-");
    element("syllabic", begins ? goesOn ? "begin" : "single" : goesOn ? "middle" : "end");
    element("text", lyric.replaceAll("^-|-$", ""));
    out.writeEndElement();
  }

  /** Characters that XML cannot hold are left out. */
  private void element(String name, String text) throws XMLStreamException {
    out.writeStartElement(name);
    out.writeCharacters(text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", ""));
    out.writeEndElement();
  }
}
