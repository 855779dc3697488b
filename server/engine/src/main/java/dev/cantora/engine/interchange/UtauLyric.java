package dev.cantora.engine.interchange;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is sung of a lyric in UTAU's ways: voices that are recorded from vowel to vowel have the vowel before it and their
 * recording's pitch after it, {@code a か_D4}. Only the kana are words; phonemes in
 * brackets are kept as they are.
 */
final class UtauLyric {
  private static final Pattern AROUND_KANA = Pattern.compile("(?:\\S+ )?[^\\u3041-\\u30FF]?([\\u3041-\\u30FF]+)(?:[^\\u3041-\\u30FF].*)?");
  private static final int MOST_CHARS = 60;

  private UtauLyric() {}

  static String sung(String lyric) {
    Matcher kana = AROUND_KANA.matcher(lyric);
    String sung = lyric.indexOf('[') < 0 && kana.matches() ? kana.group(1) : lyric;
    return sung.equals("ー") ? "-" : sung.length() > MOST_CHARS ? sung.substring(0, MOST_CHARS) : sung;
  }
}
