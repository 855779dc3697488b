package dev.cantora.engine.voice.units;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The phones a unit bank may hold, and how every symbol the engine sings is made of them. ARPAbet has symbols for details
 * (reduced vowels, flaps, syllabic consonants) that few recordings are labelled with; each has a stand-in.
 */
public final class PhoneAlphabet {

  /** The phones of English as recordings are labelled with, silence first. */
  public static final List<String> PHONES = List.of(
      "SIL", "AA", "AE", "AH", "AO", "AW", "AX", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW", "B", "CH", "D",
      "DH", "F", "G", "HH", "JH", "K", "L", "M", "N", "NG", "P", "R", "S", "SH", "T", "TH", "V", "W", "Y", "Z", "ZH");

  private static final Map<String, List<String>> STAND_INS = Map.ofEntries(
      Map.entry("AX", List.of("AH")), Map.entry("AH", List.of("AX")), Map.entry("AXR", List.of("ER")),
      Map.entry("IX", List.of("IH")), Map.entry("UX", List.of("UW")), Map.entry("DX", List.of("D")),
      Map.entry("EL", List.of("L")), Map.entry("EM", List.of("M")), Map.entry("EN", List.of("N")),
      Map.entry("NX", List.of("N")), Map.entry("WH", List.of("W")), Map.entry("Q", List.of("SIL")),
      Map.entry("AO", List.of("AA")), Map.entry("ZH", List.of("SH")), Map.entry("DH", List.of("V")));
  private static final Set<String> SILENCES = Set.of("PAU", "SIL", "SP", "#", "H#", "SSIL", "BR", "_");

  private PhoneAlphabet() {}

  /** A label as written by a labeller to its phone, stress digits dropped; null when it is none. */
  public static String canonical(String label) {
    String upper = label.strip().toUpperCase(Locale.ROOT).replaceFirst("[0-2]$", "");
    if (SILENCES.contains(upper)) {
      return "SIL";
    }
    return PHONES.contains(upper) || STAND_INS.containsKey(upper) ? upper : null;
  }

  /** Phones that may sound for a symbol, best first; empty when only it itself can. */
  public static List<String> standIns(String symbol) {
    return STAND_INS.getOrDefault(symbol, List.of());
  }

  /** Index in a bank of what sounds for a symbol: the phone itself, else its stand-in, else -1. */
  public static int inBank(UnitBank bank, String symbol) {
    int own = bank.phone(symbol);
    if (own >= 0) {
      return own;
    }
    for (String other : standIns(symbol)) {
      int index = bank.phone(other);
      if (index >= 0) {
        return index;
      }
    }
    return -1;
  }
}
