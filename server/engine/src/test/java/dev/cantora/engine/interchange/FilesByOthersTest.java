package dev.cantora.engine.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Note;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files of other programs; where they come from is in the README beside them. */
class FilesByOthersTest {

  private static byte[] file(String name) throws IOException {
    try (InputStream in = FilesByOthersTest.class.getResourceAsStream("/interchange/" + name)) {
      return in.readAllBytes();
    }
  }

  private static ImportedFile read(String name) throws IOException {
    return ScoreFiles.read(file(name), null, MidiOptions.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
      "45a-SimpleRepeat, 6", // 5 times, then once
      "45b-RepeatWithAlternatives, 5",
      "45c-RepeatMultipleTimes, 24", // 1, (2 3) x 5, (4 5 6 7) x 3, 8
      "45e-Repeats-Nested-Alternatives, 15", // 1 2 1 3 4 5 5 6 7 6 8 9 8 9 10
      "45f-Repeats-InvalidEndings, 8", // makes no sense, and is read: 1 2 4 1 2 3 4 5
      "45g-Repeats-NotEnded, 2"})
  void measuresOfTheTestSuiteArePlayed(String name, int measures) throws IOException {
    XmlElement root = XmlElement.parse(file("musicxml-test-suite/" + name + ".xml"));
    assertThat(PlayOrder.of(root.all("part").stream().map(part -> part.all("measure")).toList())).hasSize(measures);
    assertThat(read("musicxml-test-suite/" + name + ".xml").format()).isEqualTo(ScoreFormat.MUSICXML);
  }

  /** All state no tempo and are read at 120: half a second for a quarter. */
  @ParameterizedTest
  @CsvSource({
      "03b-Rhythm-Backup.xml, 1, 4, 1.5",
      "33b-Spanners-Tie.xml, 1, 1, 4",
      "41a-MultiParts-Partorder.xml, 4, 4, 0.5",
      "45b-RepeatWithAlternatives.xml, 1, 5, 10",
      "72a-TransposingInstruments.xml, 3, 24, 4",
      "90a-Compressed-MusicXML.mxl, 1, 4, 2"})
  void notesOfTheTestSuiteAreCounted(String name, int parts, int notes, double endSec) throws IOException {
    ImportedFile file = read("musicxml-test-suite/" + name);
    assertThat(file.tracks()).hasSize(parts);
    assertThat(file.score().notes()).hasSize(notes);
    assertThat(file.score().endSec()).isCloseTo(endSec, within(1e-9));
    assertThat(file.warnings()).singleElement().asString().contains("no tempo");
  }

  @Test
  void instrumentsThatTransposeSoundTogether() throws IOException {
    List<Note> notes = read("musicxml-test-suite/72a-TransposingInstruments.xml").score().notes();
    assertThat(notes.subList(0, 3)).extracting(Note::midi).as("trumpet, horn and piano").containsOnly(60.0);
  }

  @Test
  void wordsOfTheTestSuiteAreTheFirstVerse() throws IOException {
    assertThat(read("musicxml-test-suite/61a-Lyrics.xml").score().notes()).extracting(Note::lyric)
        .containsExactly("Tra-", "la-", "li", "Ja!", "-", "Tra-", "-", "ra!", "-", "Bah!", "-");
    assertThat(read("musicxml-test-suite/61b-MultipleLyrics.xml").score().notes()).extracting(Note::lyric)
        .containsExactly("1.Tra-", "la-", "la,", "ja!", "-", "Tra-", "-", "ra...");
    assertThat(read("musicxml-test-suite/61j-Lyrics-Elisions.xml").score().notes()).extracting(Note::lyric)
        .containsExactly("a", "b c", "d e", "f g h");
  }

  @Test
  void midiFilesKeepTheirTimeWithAndWithoutTempo() throws IOException {
    ImportedFile plain = read("midi/no-tempo.mid");
    assertThat(plain.score().bpm()).isEqualTo(120);
    assertThat(plain.score().notes()).hasSize(13);
    assertThat(plain.warnings()).singleElement().asString().contains("no tempo");
    ImportedFile changing = read("midi/tempo-changes.mid");
    assertThat(changing.tracks()).extracting(ImportedFile.Track::notes).containsExactly(0, 16, 16, 16);
    assertThat(changing.warnings()).isEmpty();
    // Three tracks of 16 quarters; with one tempo their distances would be alike.
    List<Double> distances = ScoreFiles.read(file("midi/tempo-changes.mid"), null, new MidiOptions(null, 1, null, 0.8)).score().notes().stream()
        .map(Note::startSec).toList();
    assertThat(distances.get(1) - distances.get(0)).isNotCloseTo(distances.get(15) - distances.get(14), within(0.01));
  }

  /** One scale, three programs: written by UTAU, by UTAU for a voice from vowel to vowel, by OpenUtau. */
  @ParameterizedTest
  @CsvSource({"utau.ust, 0", "tsukuyomi_cvc.ust, 0.045", "openutau.ustx, 0.04"})
  void aScaleOfUtauAndOpenUtauIsReadWithItsKanaAndGlides(String name, double portamentoSec) throws IOException {
    ImportedFile file = read("utaformatix/" + name);
    assertThat(file.warnings()).isEmpty();
    assertThat(file.score().bpm()).isEqualTo(120);
    assertThat(file.score().lyrics().language()).isEqualTo("ja");
    List<Note> notes = file.score().notes();
    assertThat(notes).extracting(Note::midi).containsExactly(60.0, 62.0, 64.0, 65.0, 67.0, 69.0, 71.0, 72.0);
    assertThat(notes).extracting(Note::startSec).containsExactly(0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5);
    assertThat(notes).extracting(Note::durationSec).containsOnly(0.5);
    assertThat(notes).extracting(Note::lyric).containsExactly("ど", "れ", "み", "ふぁ", "そ", "ら", "し", "ど");
    assertThat(notes.getFirst().portamentoSec()).isZero();
    assertThat(notes.subList(1, 8)).extracting(Note::portamentoSec).allSatisfy(sec -> assertThat(sec).isCloseTo(portamentoSec, within(1e-9)));
    assertThat(new Phonemizer().withPhonemes(file.score()).phonemes()).extracting(p -> p.phoneme())
        .startsWith("D", "AO").containsSubsequence("M", "IY", "F", "AA", "S", "AO");
  }
}
