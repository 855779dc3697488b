package dev.cantora.engine.voice.units;

import java.util.Map;
import java.util.Set;

/** What kind of sound a phone of a unit bank is, as far as stretching, joining and noise are concerned. */
public enum PhoneClass {
  SILENCE,
  MONOPHTHONG,
  /** Holds its first target and glides late. */
  DIPHTHONG,
  /** Liquids and glides. */
  APPROXIMANT,
  NASAL,
  /** Fricatives and /h/. */
  FRICATIVE,
  /** Stops and affricates: closure, burst, and what follows it. */
  STOP;

  private static final Set<String> DIPHTHONGS = Set.of("AW", "AY", "EY", "OW", "OY");
  private static final Set<String> VOWELS =
      Set.of("AA", "AE", "AH", "AO", "AX", "AXR", "EH", "ER", "IH", "IX", "IY", "UH", "UW", "UX");
  private static final Set<String> VOICELESS = Set.of("P", "T", "K", "CH", "F", "TH", "S", "SH");
  private static final Set<String> VOICED_FRICATIVES = Set.of("V", "DH", "Z", "ZH");
  private static final Map<String, PhoneClass> CONSONANTS = Map.ofEntries(
      Map.entry("L", APPROXIMANT), Map.entry("R", APPROXIMANT), Map.entry("W", APPROXIMANT), Map.entry("Y", APPROXIMANT),
      Map.entry("M", NASAL), Map.entry("N", NASAL), Map.entry("NG", NASAL), Map.entry("P", STOP), Map.entry("B", STOP),
      Map.entry("T", STOP), Map.entry("D", STOP), Map.entry("K", STOP), Map.entry("G", STOP), Map.entry("CH", STOP),
      Map.entry("JH", STOP));

  /** @param phone ARPAbet without stress, upper case, or {@code SIL} */
  public static PhoneClass of(String phone) {
    if (phone.equals("SIL")) {
      return SILENCE;
    }
    if (DIPHTHONGS.contains(phone)) {
      return DIPHTHONG;
    }
    if (VOWELS.contains(phone)) {
      return MONOPHTHONG;
    }
    return CONSONANTS.getOrDefault(phone, FRICATIVE);
  }

  /** Whether a phone sounds without voice. @param phone as in {@link #of} */
  public static boolean isVoiceless(String phone) {
    return VOICELESS.contains(phone);
  }

  /** Whether a phone is noise and voice at once. @param phone as in {@link #of} */
  public static boolean isVoicedFricative(String phone) {
    return VOICED_FRICATIVES.contains(phone);
  }

  public boolean isVowel() {
    return this == MONOPHTHONG || this == DIPHTHONG;
  }

  /** Voiced with no noise of its own. */
  public boolean isSonorant() {
    return isVowel() || this == APPROXIMANT || this == NASAL;
  }
}
