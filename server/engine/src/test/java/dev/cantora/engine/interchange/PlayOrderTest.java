package dev.cantora.engine.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.engine.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repeats, endings and jumps, each written as short as musicians would: one letter a measure. */
class PlayOrderTest {

  /**
   * Measures with their signs, separated by blanks: {@code |:} and {@code :|} repeats ({@code :|3} three times), {@code 1[} and
   * {@code ]} ending, DC DS FINE SEGNO CODA TOCODA; the letter is the measure's name.
   */
  private static String play(String text) {
    StringBuilder xml = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (String measure : text.split(" ")) {
      xml.append("<measure>");
      for (String sign : measure.split("_")) {
        xml.append(switch (sign) {
          case "|:" -> "<barline location='left'><repeat direction='forward'/></barline>";
          case ":|" -> "<barline><repeat direction='backward'/></barline>";
          case ":|3" -> "<barline><repeat direction='backward' times='3'/></barline>";
          case "]" -> "<barline><ending number='1' type='stop'/></barline>";
          case "DC" -> "<direction><direction-type><words>D.C. al Fine</words></direction-type><sound dacapo='yes'/></direction>";
          case "DCwords" -> "<direction><direction-type><words>Da Capo</words></direction-type></direction>";
          case "DS" -> "<direction><sound dalsegno='s'/></direction>";
          case "FINE" -> "<sound fine='yes'/>";
          case "SEGNO" -> "<direction><direction-type><segno/></direction-type></direction>";
          case "CODA" -> "<direction><direction-type><coda/></direction-type></direction>";
          case "TOCODA" -> "<direction><direction-type><coda/></direction-type><sound tocoda='c'/></direction>";
          case String ending when ending.endsWith("[") ->
              "<barline location='left'><ending type='start' number='" + ending.replace("[", "") + "'/></barline>";
          default -> "";
        });
        if (sign.matches("[a-z]")) {
          names.append(sign);
        }
      }
      xml.append("</measure>");
    }
    XmlElement part = XmlElement.parse(("<part>" + xml + "</part>").getBytes(StandardCharsets.UTF_8));
    // signs count in whichever part they are
    XmlElement plain = XmlElement.parse("<part><measure/></part>".getBytes(StandardCharsets.UTF_8));
    return PlayOrder.of(List.of(plain.all("measure"), part.all("measure"))).stream()
        .map(i -> names.substring(i, i + 1)).collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '>', value = {
      "a b c > abc",
      "a b_:| c > ababc",
      "a |:_b c_:| d > abcbcd",
      "a |:_b_:|3 c > abbbc",
      "|:_a b_:| |:_c d_:| > ababcdcd",
      "|:_a b_1[_]_:| c_2[_] d > abacd",
      "|:_a 1[_b c_]_:| 2[_d e_] f > abcadef",
      "|:_a b_1,2[_]_:| c_3[_] d > ababacd",
      "|:_a b_1[_]_:| c_2[_]_:| d > abacd",
      "|:_a b_1[_]_:| c > abac",
      "|:_a b_1[_]_:| c d_1[_]_:| e_2[_] > abacdce",
      "|:_a b_1[_] c_2[_] d_:| e > abdacde",
      "|:_a b_1[_]_:| c_2[ |:_d e_:| > abacdede",
      "a b_FINE c_DC > abcab",
      "a b_FINE c_DCwords > abcab",
      "a b_:| c_DC > ababcabc",
      "|:_a b_1[_]_:| c_2[_] d_FINE e_DC > abacdeacd",
      "a b_SEGNO c d_DS e > abcdbcde",
      "a b_SEGNO c_TOCODA d e_DS f_CODA g > abcdebcfg",
      "a b_TOCODA c_DC d_CODA > abcabd",
      "a b_DS c > ababc",
  })
  void measuresArePlayedAsMusiciansWould(String written, String played) {
    assertThat(play(written)).isEqualTo(played);
  }

  @Test
  void endlessPiecesEnd() {
    String many = "|:_a_:|3 ".repeat(10_000).strip();
    assertThatThrownBy(() -> play(many)).isInstanceOf(EngineException.class).hasMessageContaining("measures");
  }
}
