package dev.cantora.engine.lyrics.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.engine.lyrics.phonology.Segment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LexiconTest {

  private static List<Segment> segments(String symbols) {
    return List.of(symbols.split(" ")).stream().map(s -> Segment.parse(s).orElseThrow()).toList();
  }

  @Test
  void theWholeDictionaryIsThere() {
    PackedLexicon dictionary = EnglishLexicon.dictionary();
    assertThat(dictionary.size()).isEqualTo(126_046);
    assertThat(dictionary.find("hello")).contains(segments("HH AH0 L OW1"));
    assertThat(dictionary.find("'bout")).isPresent();
    assertThat(dictionary.find("zyuganov's")).isPresent();
    assertThat(dictionary.find("hellp")).isEmpty();
    assertThat(dictionary.find("")).isEmpty();
    assertThat(dictionary.find("ζ")).isEmpty();
  }

  @Test
  void everyWordIsFoundAsItIsListed() {
    var count = new int[1];
    EnglishLexicon.dictionary().forEach((word, sounds) -> {
      count[0]++;
      if (count[0] % 7 == 0) {
        assertThat(EnglishLexicon.dictionary().find(word)).contains(sounds);
      }
    });
    assertThat(count[0]).isEqualTo(EnglishLexicon.dictionary().size());
  }

  @Test
  void packingKeepsWordsAndSounds() throws IOException {
    var words = new TreeMap<String, List<Segment>>();
    words.put("a", segments("AH0"));
    words.put("ab", segments("AE1 B"));
    words.put("b", segments("B IY1"));
    var bytes = new ByteArrayOutputStream();
    PackedLexicon.write(words, bytes);
    PackedLexicon read = PackedLexicon.read(new ByteArrayInputStream(bytes.toByteArray()));
    var back = new TreeMap<String, List<Segment>>();
    read.forEach(back::put);
    assertThat(back).isEqualTo(words);
  }

  @Test
  void theCompilerReadsTheNpmPackage() throws IOException {
    assertThat(LexiconCompiler.parse(List.of("export const dictionary = {", "  \"'bout\": \"B AW1 T\",",
        "  read: \"R EH1 D\",", "  \"read(2)\": \"R IY1 D\",", "  aarhus: \"AA1 HH UW0 S # place, danish\",", "}")))
        .containsExactly(Map.entry("'bout", segments("B AW1 T")), Map.entry("aarhus", segments("AA1 HH UW0 S")),
            Map.entry("read", segments("R EH1 D")));
  }

  /** Words the shipped model was not trained on; the figure for all of them is in docs. */
  @Test
  void theTrainedModelBeatsTheLetterMapOnWordsItHasNotSeen() {
    List<Map.Entry<String, List<Segment>>> sample = new ArrayList<>();
    List<Map.Entry<String, List<Segment>>> heldOut = LetterModelTrainer.words(true);
    for (int i = 0; i < heldOut.size(); i += 10) {
      sample.add(heldOut.get(i));
    }
    LetterAccuracy model = LetterAccuracy.measure(EnglishLexicon.letterToSound(), sample);
    LetterAccuracy naive = LetterAccuracy.measure(new NaiveLetters(), sample);
    assertThat(model.words()).isGreaterThan(0.68);
    assertThat(model.wordsWithStress()).isGreaterThan(0.58);
    assertThat(model.phoneErrors()).isLessThan(0.08);
    assertThat(naive.words()).isBetween(0.04, 0.12);
  }

  @Test
  void aModelTrainedFromAFewWordsSpellsThem() {
    List<Map.Entry<String, List<Segment>>> words = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      words.add(Map.entry("box", segments("B AA1 K S")));
      words.add(Map.entry("sex", segments("S EH1 K S")));
      words.add(Map.entry("lamb", segments("L AE1 M")));
      words.add(Map.entry("lab", segments("L AE1 B")));
    }
    JointLetterModel model = LetterModelTrainer.train(words);
    assertThat(model.pronounce("box")).isEqualTo(segments("B AA1 K S"));
    assertThat(model.pronounce("lamb")).isEqualTo(segments("L AE1 M"));
  }

  @Test
  void theLetterMapIsTheContracts() {
    assertThat(new NaiveLetters().pronounce("ghoul")).isEqualTo(segments("G AW L"));
    assertThat(new NaiveLetters().pronounce("quake")).isEqualTo(segments("AH AE K"));
    assertThat(new NaiveLetters().pronounce("phrbt")).isEqualTo(segments("F R B T AH"));
  }
}
