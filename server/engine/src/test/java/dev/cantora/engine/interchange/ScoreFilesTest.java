package dev.cantora.engine.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Curve;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Files of other programs: read, written, broken and hostile. */
class ScoreFilesTest {
  private static final String XML = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://127.0.0.1:1/never-fetched.dtd">
      <score-partwise version="4.0">
        <work><work-title>Small
          song</work-title></work>
        <part-list><score-part id="P1"><part-name>Soprano</part-name></score-part><score-part id="P2"><part-name>Alto</part-name></score-part></part-list>
        <part id="P1">
          <measure number="1">
            <attributes><divisions>2</divisions><time><beats>3</beats><beat-type>4</beat-type></time></attributes>
            <direction><direction-type><metronome><beat-unit>quarter</beat-unit><per-minute>60</per-minute></metronome></direction-type></direction>
            <note><pitch><step>C</step><octave>4</octave></pitch><duration>2</duration><voice>1</voice>
              <lyric number="1"><syllabic>begin</syllabic><text>A</text></lyric><lyric number="2"><text>second</text></lyric></note>
            <note><pitch><step>F</step><alter>1</alter><octave>4</octave></pitch><duration>2</duration><voice>1</voice>
              <lyric number="1"><syllabic>end</syllabic><text>men</text></lyric></note>
            <note><chord/><pitch><step>A</step><octave>4</octave></pitch><duration>2</duration><voice>1</voice></note>
            <note><grace/><pitch><step>C</step><octave>5</octave></pitch></note>
            <note><pitch><step>G</step><octave>4</octave></pitch><duration>2</duration><tie type="start"/><voice>1</voice></note>
            <note><rest/><duration>2</duration></note>
          </measure>
          <measure number="2">
            <direction><direction-type><words>faster</words></direction-type><sound tempo="120"/></direction>
            <note><pitch><step>B</step><octave>3</octave></pitch><duration>4</duration><voice>1</voice></note>
            <backup><duration>4</duration></backup>
            <note><pitch><step>E</step><octave>5</octave></pitch><duration>4</duration><voice>2</voice></note>
            <barline><repeat direction="backward"/></barline>
          </measure>
        </part>
        <part id="P2"><measure number="1"><attributes><divisions>1</divisions><transpose><chromatic>-2</chromatic></transpose></attributes>
          <note><pitch><step>D</step><octave>4</octave></pitch><duration>1</duration></note></measure></part>
      </score-partwise>
      """;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ImportedFile read(byte[] file) {
    return ScoreFiles.read(file, null, MidiOptions.DEFAULT);
  }

  private static Fault refused(byte[] file, ScoreFormat format) {
    EngineException refused = catchThrowableOfType(EngineException.class, () -> ScoreFiles.read(file, format, MidiOptions.DEFAULT));
    assertThat(refused).as("must be refused").isNotNull();
    assertThat(refused.getMessage()).doesNotContain("Exception", "java.");
    return refused.fault();
  }

  private static Note at(Score score, double startSec, int midi) {
    return score.notes().stream().filter(n -> Math.abs(n.startSec() - startSec) < 1e-6 && n.midi() == midi).findFirst()
        .orElseThrow(() -> new AssertionError(midi + " at " + startSec + " in " + score.notes()));
  }

  @Test
  void musicXmlGivesNotesTiesChordsVoicesTempoAndTheFirstVerse() {
    ImportedFile file = ScoreFiles.read(bytes(XML), null, new MidiOptions(null, 0, null, 0.8));
    Score score = file.score();
    assertThat(file.format()).isEqualTo(ScoreFormat.MUSICXML);
    assertThat(file.tracks()).extracting(ImportedFile.Track::name).containsExactly("Soprano", "Alto");
    assertThat(file.head()).isEqualTo(new ScoreHead("Small song", ScoreHead.Metre.of(3, 4)));
    assertThat(score.notes()).as("six, played twice").hasSize(12);
    assertThat(score.bpm()).isEqualTo(60);
    assertThat(at(score, 0, 60).lyric()).isEqualTo("A-");
    assertThat(at(score, 1, 66).lyric()).isEqualTo("men");
    assertThat(at(score, 1, 69).durationSec()).isEqualTo(1);
    assertThat(at(score, 2, 67).durationSec()).isEqualTo(1);
    assertThat(at(score, 4, 59).durationSec()).as("120 from there on").isEqualTo(1);
    assertThat(at(score, 4, 76).durationSec()).isEqualTo(1);
    assertThat(at(score, 5, 60).lyric()).as("the second verse").isEqualTo("second");
    assertThat(at(score, 6, 66).lyric()).as("of the first where the second has no words").isEqualTo("men");
    assertThat(at(score, 6, 66).durationSec()).as("as slow as it is written").isEqualTo(1);
    assertThat(file.warnings()).singleElement().asString().contains("Grace");
    assertThat(at(read(bytes("\uFEFF" + XML.replace("UTF-8", "UTF-16"))).score(), 0, 60)).as("the mark is right, the declaration wrong").isNotNull();
    String german = XML.replace("UTF-8", "ISO-8859-1").replace("<text>A</text>", "<text>\u00dc</text>");
    assertThat(at(read(german.getBytes(StandardCharsets.ISO_8859_1)).score(), 0, 60).lyric()).isEqualTo("\u00dc-");
    assertThat(refused(bytes(XML.replace("UTF-8", "klingon")), null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
    Score alto = ScoreFiles.read(bytes(XML), null, new MidiOptions(90.0, 1, "OO", 0.5)).score();
    assertThat(alto.notes()).hasSize(2);
    assertThat(alto.notes().getFirst().midi()).as("transposed").isEqualTo(60);
    assertThat(alto.notes().getFirst().durationSec()).isCloseTo(60.0 / 90, within(1e-9));
    assertThat(alto.notes().getFirst().timbre()).isEqualTo("OO");
  }

  @Test
  void musicXmlNamesThePieceAndItsMetreAlsoASum() {
    String song = "<score-partwise><movement-title>Dance</movement-title><part-list/><part id='P1'><measure><attributes><divisions>1</divisions>"
        + "<time><beats>%s</beats><beat-type>%s</beat-type></time></attributes></measure></part></score-partwise>";
    assertThat(read(bytes(song.formatted("3+2", "8"))).head()).isEqualTo(new ScoreHead("Dance", ScoreHead.Metre.of(5, 8)));
    assertThat(read(bytes(song.formatted("x", "8"))).head()).isEqualTo(ScoreHead.titled("Dance"));
    assertThat(read(bytes(song.formatted("4", "6"))).head()).isEqualTo(ScoreHead.titled("Dance"));
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  @Test
  void compressedMusicXmlIsUnpackedWithinBounds() throws IOException {
    byte[] container = bytes("<container><rootfiles><rootfile full-path=\"score.xml\"/></rootfiles></container>");
    byte[] mxl = zip(Map.of("META-INF/container.xml", container, "score.xml", bytes(XML), "other.xml", bytes("<x/>")));
    assertThat(read(mxl).score().notes()).hasSize(14);
    assertThat(refused(zip(Map.of("a.xml", new byte[40 << 20])), null)).as("a bomb").isEqualTo(Fault.SCORE_FILE_TOO_LARGE);
    assertThat(refused(zip(Map.of("a.txt", bytes("x"))), null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
    byte[] cut = java.util.Arrays.copyOf(mxl, mxl.length / 3);
    assertThat(refused(cut, null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
  }

  @Test
  void hostileXmlNeitherReadsFilesNorExpandsEntities() {
    String head = "<?xml version=\"1.0\"?><!DOCTYPE score-partwise [";
    String xxe = head + "<!ENTITY x SYSTEM \"file:///etc/hostname\">]><score-partwise><part-list><score-part id=\"P1\"><part-name>&x;</part-name>"
        + "</score-part></part-list><part id=\"P1\"/></score-partwise>";
    assertThat(refused(bytes(xxe), null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
    StringBuilder laughs = new StringBuilder(head + "<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY l").append(i).append(" \"&l").append(i - 1).append(";&l").append(i - 1).append(";\">");
    }
    assertThat(refused(bytes(laughs + "]><score-partwise>&l29;</score-partwise>"), null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
    assertThat(refused(bytes("<score-partwise>" + "<a>".repeat(5000)), null)).isEqualTo(Fault.SCORE_FILE_TOO_LARGE);
    assertThat(refused(bytes("<opus/>"), ScoreFormat.MUSICXML)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
    assertThat(refused(bytes("<score-partwise><part id='P1'><measure><attributes><divisions>x</divisions></attributes></measure></part></score-partwise>"), null))
        .isEqualTo(Fault.SCORE_FILE_UNREADABLE);
  }

  @Test
  void aRealFileByOthersIsReadAndItsWordsAreSung() throws IOException {
    byte[] mxl;
    try (var in = ScoreFilesTest.class.getResourceAsStream("/interchange/Echigo-Jishi.mxl")) {
      mxl = in.readAllBytes();
    }
    ImportedFile file = read(mxl);
    assertThat(file.format()).isEqualTo(ScoreFormat.MXL);
    assertThat(file.score().notes()).hasSize(163);
    assertThat(file.score().bpm()).isEqualTo(92);
    assertThat(file.score().lyrics().language()).isEqualTo("ja");
    assertThat(file.score().notes()).extracting(Note::lyric).containsSubsequence("オノ", "ガ", "ス", "ガタ");
    assertThat(new Phonemizer().withPhonemes(file.score()).phonemes()).extracting(p -> p.phoneme()).startsWith("AO", "N", "AO", "G", "AA", "S", "UW");
  }

  @Test
  void timewiseMusicXmlIsTheSameMusic() {
    String measure = "<measure number='%d'><part id='P1'>%s</part><part id='P2'><note><pitch><step>C</step><octave>3</octave></pitch>"
        + "<duration>4</duration></note></part></measure>";
    String note = "<note><pitch><step>%s</step><octave>4</octave></pitch><duration>2</duration><lyric><text>la</text></lyric></note>";
    String timewise = "<score-timewise><part-list><score-part id='P1'><part-name>Top</part-name></score-part></part-list>"
        + measure.formatted(1, "<sound tempo='60'/>" + note.formatted("E") + note.formatted("F"))
        + measure.formatted(2, note.formatted("G")) + "</score-timewise>";
    ImportedFile file = read(bytes(timewise));
    assertThat(file.tracks()).extracting(ImportedFile.Track::name).containsExactly("Top", "");
    assertThat(file.tracks()).extracting(ImportedFile.Track::notes).containsExactly(3, 2);
    assertThat(at(file.score(), 4, 67).lyric()).as("measures of all parts begin together").isEqualTo("la");
    assertThat(at(file.score(), 4, 48).durationSec()).isEqualTo(4);
  }

  @Test
  void utauProjectsInShiftJisAreRead() {
    String ust = "[#VERSION]\r\nUST Version1.2\r\n[#SETTING]\r\nTempo=120.00\r\nProjectName=Test\r\n[#0000]\r\nLength=480\r\nLyric=R\r\nNoteNum=60\r\n"
        + "[#0001]\r\nLength=480\r\nLyric=さ\r\nNoteNum=62\r\nIntensity=50\r\n[#0002]\r\nLength=960\r\nLyric=く\r\nNoteNum=64\r\nTempo=60\r\n[#TRACKEND]\r\n";
    for (Charset charset : new Charset[] {Charset.forName("windows-31j"), StandardCharsets.UTF_8}) {
      ImportedFile file = read(ust.getBytes(charset));
      assertThat(file.format()).isEqualTo(ScoreFormat.UST);
      assertThat(file.score().notes()).extracting(Note::lyric).containsExactly("さ", "く");
      assertThat(file.score().lyrics().language()).isEqualTo("ja");
      assertThat(file.score().notes().get(0).startSec()).isEqualTo(0.5);
      assertThat(file.score().notes().get(0).velocity()).isEqualTo(0.5);
      assertThat(file.score().notes().get(1).durationSec()).isEqualTo(2);
      assertThat(file.head()).isEqualTo(ScoreHead.titled("Test"));
    }
    assertThat(new Phonemizer().withPhonemes(read(bytes(ust)).score()).phonemes().getFirst().phoneme()).isEqualTo("S");
    assertThat(refused(bytes("[#0000]\nLength=abc\nLyric=a\n"), null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
    assertThat(refused(bytes("[#0000]\nLength=480\nLyric=a\nNoteNum=200\n"), null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
  }

  @Test
  void openUtauProjectsAreReadWithoutTypesOrBombs() {
    String ustx = """
        name: Test
        ustx_version: "0.6"
        resolution: 480
        time_signatures:
        - {bar_position: 0, beat_per_bar: 3, beat_unit: 4}
        tempos:
        - {position: 0, bpm: 120}
        - {position: 960, bpm: 60}
        voice_parts:
        - name: lead
          track_no: 0
          position: 480
          notes:
          - {position: 0, duration: 480, tone: 60, lyric: hello, vibrato: {length: 50, period: 200, depth: 30, in: 10, out: 10}}
          - {position: 480, duration: 480, tone: 62, lyric: +}
          - {position: 960, duration: 480, tone: 64, lyric: +~}
        - name: second
          position: 0
          notes: []
        """;
    ImportedFile file = read(bytes(ustx));
    assertThat(file.tracks()).extracting(ImportedFile.Track::name).containsExactly("lead", "second");
    assertThat(file.head()).isEqualTo(new ScoreHead("Test", ScoreHead.Metre.of(3, 4)));
    List<Note> notes = file.score().notes();
    assertThat(notes).extracting(Note::lyric).containsExactly("hello", "+", "-");
    assertThat(notes.get(0).startSec()).isEqualTo(0.5);
    assertThat(notes.get(1).startSec()).isEqualTo(1);
    assertThat(notes.get(1).durationSec()).isEqualTo(1);
    assertThat(notes.get(0).vibrato().rateHz()).isEqualTo(5);
    assertThat(refused(bytes("ustx_version: 1\nvoice_parts: !!javax.script.ScriptEngineManager [x]\n"), null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
    StringBuilder bomb = new StringBuilder("ustx_version: 1\na0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ",").repeat(9)).append("x]\n");
    }
    assertThat(refused(bytes(bomb + "voice_parts: []\n"), null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
    assertThat(refused(bytes("a: 1"), ScoreFormat.USTX)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
  }

  @Test
  void pitchDrawnInOpenUtauBecomesALane() {
    String curve = """
          curves:
          - xs: [0, 5, 10, 15, 480, 960]
            ys: [0, 10, 20, 30, 30, -50]
            abbr: pitd
        """;
    String ustx = """
        ustx_version: "0.6"
        tempos:
        - {position: 0, bpm: 60}
        voice_parts:
        - name: lead
          position: 480
          notes:
          - {position: 0, duration: 960, tone: 60, lyric: la}
        %s
        - name: second
          position: 480
          notes:
          - {position: 0, duration: 960, tone: 64, lyric: la}
        %s
        """.formatted(curve.stripTrailing(), curve.stripTrailing());
    ImportedFile both = read(bytes(ustx));
    assertThat(both.warnings()).singleElement().asString().contains("the first one is kept");
    ImportedFile lead = ScoreFiles.read(bytes(ustx), null, new MidiOptions(null, 0, null, 0.8));
    assertThat(lead.warnings()).isEmpty();
    List<Curve.Point> points = lead.score().lanes().pitchBend().points();
    assertThat(points).extracting(Curve.Point::value).as("without those on the line").containsExactly(0.0, 30.0, 30.0, -50.0, 0.0);
    assertThat(points.get(0).tSec()).isEqualTo(1);
    assertThat(points.get(2).tSec()).isEqualTo(2);
    assertThat(points.get(3).tSec()).isEqualTo(3);
    assertThat(both.score().lanes()).isEqualTo(lead.score().lanes());
    assertThat(ScoreJson.read(bytes(ScoreJson.write(lead.score()).toString())).lanes().pitchBend()).isEqualTo(lead.score().lanes().pitchBend());
    assertThat(read(bytes(ustx.replaceAll("ys: .*", "ys: [0, 0, 0, 0, 0, 0]"))).score().lanes().pitchBend()).isNull();
    assertThat(refused(bytes(ustx.replace("ys: [0", "ys: [x")), null)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
  }

  @Test
  void timedLyricsBecomeNotesToBeMoved() {
    String lrc = "[ti:Song]\n[offset:+500]\n[00:01.50]one two\n[00:03.50]<00:03.50>three <00:04.00>four <00:05.50>\n";
    ImportedFile file = read(bytes(lrc));
    assertThat(file.head()).isEqualTo(ScoreHead.titled("Song"));
    assertThat(file.score().notes()).extracting(Note::lyric).containsExactly("one", "two", "three", "four");
    assertThat(file.score().notes()).extracting(Note::startSec).containsExactly(1.0, 2.0, 3.0, 3.5);
    assertThat(file.score().notes().get(3).durationSec()).isEqualTo(1.5);
    assertThat(refused(bytes("no times"), ScoreFormat.LRC)).isEqualTo(Fault.SCORE_FILE_UNREADABLE);
    assertThat(refused(bytes("nothing known"), null)).isEqualTo(Fault.UNKNOWN_SCORE_FORMAT);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Score song = new Score(100, List.of(Note.of("a", 0, 0.6, 60), Note.of("b", 0.6, 0.6, 64), Note.of("c", 1.2, 3.6, 67), Note.of("d", 6, 0.6, 61)),
        new Lyrics("hello sun - day", "en"), null, null, null);
    ScoreExport export = new ScoreExport(new Phonemizer());
    for (ExportFormat format : new ExportFormat[] {ExportFormat.MIDI, ExportFormat.MUSICXML}) {
      byte[] file = export.write(format, song, Map.of());
      assertThat(export.write(format, song, Map.of())).isEqualTo(file);
      Score again = read(file).score();
      assertThat(again.bpm()).isCloseTo(100, within(0.01));
      assertThat(again.notes()).hasSize(4);
      for (int i = 0; i < 4; i++) {
        assertThat(again.notes().get(i).startSec()).isCloseTo(song.notes().get(i).startSec(), within(0.002));
        assertThat(again.notes().get(i).durationSec()).as("ties join again").isCloseTo(song.notes().get(i).durationSec(), within(0.002));
        assertThat(again.notes().get(i).midi()).isEqualTo(song.notes().get(i).midi());
      }
      assertThat(again.notes().get(0).lyric()).isEqualTo("hello");
      assertThat(again.notes().get(2).lyric()).isEqualTo("sun");
    }
    String vtt = new String(export.write(ExportFormat.WEBVTT, song, Map.of()), StandardCharsets.UTF_8);
    assertThat(vtt).startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:06.600\nhello <00:00:01.200>sun\n");
    String held = new String(export.write(ExportFormat.LRC, song, Map.of()), StandardCharsets.UTF_8);
    assertThat(held).isEqualTo("[00:00.00]<00:00.00>hello <00:01.20>sun\n");
    String labels = new String(export.write(ExportFormat.HTK_LABELS, song, Map.of()), StandardCharsets.UTF_8);
    assertThat(labels.lines().findFirst().orElseThrow()).endsWith(" hh");
  }

  @Test
  void brokenFilesOfEveryFormatAreRefusedNotTrippedOver() {
    Random random = new Random(20261124);
    byte[][] files = {bytes(XML), bytes("[#SETTING]\nTempo=120\n[#0000]\nLength=480\nLyric=a\nNoteNum=60\n"),
        bytes("ustx_version: 1\nvoice_parts:\n- notes:\n  - {position: 0, duration: 9, tone: 60, lyric: a}\n"), bytes("[00:01.00]la la")};
    for (byte[] file : files) {
      for (int i = 0; i < 150; i++) {
        byte[] broken = file.clone();
        for (int change = 0; change < 1 + random.nextInt(5); change++) {
          broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        }
        try {
          assertThat(read(broken).score().endSec()).isLessThanOrEqualTo(3600);
        } catch (EngineException refused) {
          assertThat(refused.fault()).isIn(Fault.SCORE_FILE_UNREADABLE, Fault.SCORE_FILE_TOO_LARGE, Fault.UNKNOWN_SCORE_FORMAT);
        }
      }
    }
  }
}
