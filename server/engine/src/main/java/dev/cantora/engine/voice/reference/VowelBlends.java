package dev.cantora.engine.voice.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Vowels as blends of AH, EE and OO, exactly as the table of contract section 10. */
final class VowelBlends {

  private static final List<String> CORNERS = List.of("AH", "EE", "OO");
  private static final Map<String, float[]> BLENDS = new HashMap<>();

  static {
    put(1f, 0f, 0f, "AA", "AH");
    put(.8f, .1f, .1f, "AX", "AXR");
    put(.6f, .4f, 0f, "AE");
    put(.7f, .2f, .1f, "ER");
    put(.3f, .7f, 0f, "EH");
    put(.15f, .85f, 0f, "IH", "EY");
    put(.25f, .75f, 0f, "IX");
    put(0f, 1f, 0f, "IY");
    put(.4f, 0f, .6f, "AO");
    put(.1f, 0f, .9f, "OW", "UH");
    put(0f, 0f, 1f, "UW");
    put(0f, .1f, .9f, "UX");
    put(.5f, .5f, 0f, "AY");
    put(.35f, 0f, .65f, "AW");
    put(.15f, .35f, .5f, "OY");
  }

  private VowelBlends() {}

  private static void put(float ah, float ee, float oo, String... symbols) {
    for (String symbol : symbols) {
      BLENDS.put(symbol, new float[] {ah, ee, oo});
    }
  }

  /**
   * Weight per timbre of a voice for every vowel symbol. A voice that lacks one of the corners sings what would be its
   * share with its first timbre.
   */
  static Map<String, float[]> over(List<String> timbres) {
    var perVowel = new HashMap<String, float[]>();
    BLENDS.forEach((symbol, blend) -> {
      float[] weights = new float[timbres.size()];
      for (int corner = 0; corner < blend.length; corner++) {
        weights[Math.max(0, timbres.indexOf(CORNERS.get(corner)))] += blend[corner];
      }
      perVowel.put(symbol, weights);
    });
    return perVowel;
  }
}
