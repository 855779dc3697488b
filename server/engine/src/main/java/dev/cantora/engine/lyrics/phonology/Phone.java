package dev.cantora.engine.lyrics.phonology;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ARPAbet inventory. Durations are the inherent and the least duration in milliseconds of Klatt, "Synthesis by rule
 * of segmental durations in English sentences" (1979), as tabled in Allen, Hunnicutt and Klatt, <i>From Text to Speech:
 * The MITalk System</i> (1987), chapter 9. Voiceless stops and CH are the exception: Klatt's figure is the closure, the
 * event here also holds burst and aspiration, so the voice onset times of Lisker and Abramson (1964: 58, 70 and 80 ms)
 * are added. HH is the contract's 60 ms for a note of one second. Symbols Klatt has not are given their nearest
 * neighbour's values.
 */
public enum Phone {
  AA(Manner.VOWEL, true, 240, 100, "AH"),
  AE(Manner.VOWEL, true, 230, 80, "AH"),
  AH(Manner.VOWEL, true, 140, 60, "AH"),
  AO(Manner.VOWEL, true, 240, 100, "AH"),
  AW(Manner.VOWEL, true, 260, 100, "OO"),
  AX(Manner.VOWEL, true, 120, 60, "AH"),
  AXR(Manner.VOWEL, true, 180, 80, "AH"),
  AY(Manner.VOWEL, true, 250, 150, "AH"),
  EH(Manner.VOWEL, true, 150, 70, "EE"),
  ER(Manner.VOWEL, true, 180, 80, "AH"),
  EY(Manner.VOWEL, true, 190, 100, "EE"),
  IH(Manner.VOWEL, true, 135, 40, "EE"),
  IX(Manner.VOWEL, true, 110, 40, "EE"),
  IY(Manner.VOWEL, true, 155, 55, "EE"),
  OW(Manner.VOWEL, true, 220, 80, "OO"),
  OY(Manner.VOWEL, true, 280, 150, "AH"),
  UH(Manner.VOWEL, true, 160, 60, "OO"),
  UW(Manner.VOWEL, true, 210, 70, "OO"),
  UX(Manner.VOWEL, true, 210, 70, "OO"),
  B(Manner.STOP, true, 85, 60),
  CH(Manner.AFFRICATE, false, 140, 90),
  D(Manner.STOP, true, 75, 50),
  DH(Manner.FRICATIVE, true, 50, 30),
  DX(Manner.FLAP, true, 20, 20),
  EL(Manner.LIQUID, true, 260, 110),
  EM(Manner.NASAL, true, 170, 110),
  EN(Manner.NASAL, true, 170, 100),
  F(Manner.FRICATIVE, false, 100, 80),
  G(Manner.STOP, true, 80, 60),
  HH(Manner.FRICATIVE, false, 60, 20),
  JH(Manner.AFFRICATE, true, 110, 70),
  K(Manner.STOP, false, 150, 90),
  L(Manner.LIQUID, true, 80, 40),
  M(Manner.NASAL, true, 70, 60),
  N(Manner.NASAL, true, 60, 50),
  NG(Manner.NASAL, true, 95, 60),
  NX(Manner.FLAP, true, 30, 20),
  P(Manner.STOP, false, 145, 85),
  Q(Manner.STOP, false, 60, 30),
  R(Manner.LIQUID, true, 80, 30),
  S(Manner.FRICATIVE, false, 105, 60),
  SH(Manner.FRICATIVE, false, 105, 80),
  T(Manner.STOP, false, 140, 85),
  TH(Manner.FRICATIVE, false, 90, 60),
  V(Manner.FRICATIVE, true, 60, 40),
  W(Manner.GLIDE, true, 80, 60),
  WH(Manner.GLIDE, false, 80, 60),
  Y(Manner.GLIDE, true, 80, 40),
  Z(Manner.FRICATIVE, true, 75, 40),
  ZH(Manner.FRICATIVE, true, 70, 40);

  /** How the sound is made, from the most closed to the most open. */
  public enum Manner {
    STOP,
    AFFRICATE,
    FRICATIVE,
    FLAP,
    NASAL,
    LIQUID,
    GLIDE,
    VOWEL
  }

  private static final Map<String, Phone> BY_SYMBOL =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Phone::name, Function.identity()));

  private final Manner manner;
  private final boolean voiced;
  private final int inherentMs;
  private final int leastMs;
  private final String timbreHint;

  Phone(Manner manner, boolean voiced, int inherentMs, int leastMs) {
    this(manner, voiced, inherentMs, leastMs, null);
  }

  Phone(Manner manner, boolean voiced, int inherentMs, int leastMs, String timbreHint) {
    this.manner = manner;
    this.voiced = voiced;
    this.inherentMs = inherentMs;
    this.leastMs = leastMs;
    this.timbreHint = timbreHint;
  }

  /** Finds a phone by its symbol, any case, with or without a stress digit 0..2. */
  public static Optional<Phone> of(String symbol) {
    String s = symbol.strip().toUpperCase(Locale.ROOT);
    if (!s.isEmpty() && s.charAt(s.length() - 1) >= '0' && s.charAt(s.length() - 1) <= '2') {
      s = s.substring(0, s.length() - 1);
    }
    return Optional.ofNullable(BY_SYMBOL.get(s));
  }

  public Manner manner() {
    return manner;
  }

  public boolean isVowel() {
    return manner == Manner.VOWEL;
  }

  public boolean isVoiced() {
    return voiced;
  }

  /** Duration in careful, unhurried speech. */
  public double inherentSec() {
    return inherentMs / 1000.0;
  }

  /** Shortest duration at which the sound is still itself. */
  public double leastSec() {
    return leastMs / 1000.0;
  }

  /** Timbre of an AH/EE/OO voice nearest to this vowel; null for consonants. */
  public String timbreHint() {
    return timbreHint;
  }

  /** Loudness of a consonant as the wire states it (contract, section 7); 1 for vowels, which carry none. */
  public double strength() {
    return switch (this) {
      case P, T, K, B, D, G, Q -> 0.9;
      case CH, JH -> 0.7;
      case F, V, S, Z, SH, ZH, TH, DH, HH -> 0.5;
      default -> isVowel() ? 1.0 : 0.2;
    };
  }
}
