package dev.cantora.engine.lyrics.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Figures to English words: cardinals, ordinals, years, decades, decimals, sums of money, times of day, percentages. */
final class EnglishNumbers {
  private static final String[] SMALL = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  private static final String[] TENS =
      {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
  private static final String[] THOUSANDS = {"", "thousand", "million", "billion", "trillion", "quadrillion"};
  private static final Map<String, String> ORDINALS = Map.of("one", "first", "two", "second", "three", "third",
      "five", "fifth", "eight", "eighth", "nine", "ninth", "twelve", "twelfth");
  private static final Map<String, String[]> CURRENCIES = Map.of("$", new String[] {"dollar", "dollars", "cents"},
      "£", new String[] {"pound", "pounds", "pence"}, "€", new String[] {"euro", "euros", "cents"},
      "¥", new String[] {"yen", "yen", "sen"});

  private static final String DIGITS = "(\\d{1,3}(?:,\\d{3})+|\\d+)";
  private static final Pattern CARDINAL = Pattern.compile(DIGITS + "(?:\\.(\\d+))?(%)?");
  private static final Pattern ORDINAL = Pattern.compile(DIGITS + "(?:st|nd|rd|th)");
  private static final Pattern DECADE = Pattern.compile("'?(\\d\\d|\\d{4}|\\d\\d)'?s");
  private static final Pattern MONEY = Pattern.compile("([$£€¥])" + DIGITS + "(?:\\.(\\d\\d))?");
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d\\d)(am|pm)?");
  private static final Pattern NUMBERED = Pattern.compile("#" + DIGITS);
  private static final int MOST_DIGITS = 18;

  private EnglishNumbers() {}

  /** The words of a figure, lower case in and out; empty when the text is not a figure. */
  static Optional<List<String>> words(String text) {
    Matcher m = CARDINAL.matcher(text);
    if (m.matches()) {
      var out = new ArrayList<>(m.group(2) == null && m.group(3) == null && isYear(text) ? year(text) : digits(m.group(1)));
      if (m.group(2) != null) {
        out.add("point");
        m.group(2).chars().limit(MOST_DIGITS).forEach(c -> out.add(SMALL[c - '0']));
      }
      if (m.group(3) != null) {
        out.add("percent");
      }
      return Optional.of(out);
    }
    if ((m = ORDINAL.matcher(text)).matches()) {
      return Optional.of(ordinal(digits(m.group(1))));
    }
    if ((m = DECADE.matcher(text)).matches()) {
      return Optional.of(plural(m.group(1).length() == 4 ? year(m.group(1)) : digits(m.group(1))));
    }
    if ((m = MONEY.matcher(text)).matches()) {
      return Optional.of(money(m));
    }
    if ((m = CLOCK.matcher(text)).matches()) {
      return Optional.of(clock(m));
    }
    if ((m = NUMBERED.matcher(text)).matches()) {
      var out = new ArrayList<>(List.of("number"));
      out.addAll(digits(m.group(1)));
      return Optional.of(out);
    }
    return Optional.empty();
  }

  /** Any whole number up to 18 digits; longer ones digit by digit. */
  private static List<String> digits(String text) {
    String plain = text.replace(",", "");
    if (plain.length() > MOST_DIGITS || plain.length() > 1 && plain.startsWith("0")) {
      return plain.chars().limit(200).mapToObj(c -> SMALL[c - '0']).toList();
    }
    return cardinal(Long.parseLong(plain));
  }

  private static List<String> cardinal(long value) {
    if (value == 0) {
      return List.of(SMALL[0]);
    }
    var out = new ArrayList<String>();
    for (int group = THOUSANDS.length - 1; group >= 0; group--) {
      int part = (int) (value / power(group) % 1000);
      if (part > 0) {
        out.addAll(belowThousand(part));
        if (group > 0) {
          out.add(THOUSANDS[group]);
        }
      }
    }
    return out;
  }

  private static long power(int group) {
    long p = 1;
    for (int i = 0; i < group; i++) {
      p *= 1000;
    }
    return p;
  }

  private static List<String> belowThousand(int value) {
    var out = new ArrayList<String>();
    if (value >= 100) {
      out.add(SMALL[value / 100]);
      out.add("hundred");
    }
    int rest = value % 100;
    if (rest >= 20) {
      out.add(TENS[rest / 10]);
    }
    int last = rest >= 20 ? rest % 10 : rest;
    if (last > 0) {
      out.add(SMALL[last]);
    }
    return out;
  }

  private static boolean isYear(String text) {
    if (text.length() != 4) {
      return false;
    }
    int value = Integer.parseInt(text);
    return value >= 1100 && value <= 1999 || value >= 2010 && value <= 2099;
  }

  /** In pairs: nineteen eighty four, nineteen oh five, nineteen hundred; two thousand and its first nine plainly. */
  private static List<String> year(String text) {
    int value = Integer.parseInt(text);
    if (value / 10 % 100 == 0 && value % 100 < 10 && value / 1000 * 1000 == value / 10 * 10) {
      return cardinal(value);
    }
    var out = new ArrayList<>(cardinal(value / 100));
    int rest = value % 100;
    if (rest == 0) {
      out.add("hundred");
    } else {
      if (rest < 10) {
        out.add("oh");
      }
      out.addAll(cardinal(rest));
    }
    return out;
  }

  private static List<String> ordinal(List<String> cardinal) {
    var out = new ArrayList<>(cardinal);
    String last = out.removeLast();
    String named = ORDINALS.get(last);
    out.add(named != null ? named : last.endsWith("y") ? last.substring(0, last.length() - 1) + "ieth" : last + "th");
    return out;
  }

  private static List<String> plural(List<String> cardinal) {
    var out = new ArrayList<>(cardinal);
    String last = out.removeLast();
    out.add(last.endsWith("y") ? last.substring(0, last.length() - 1) + "ies" : last.endsWith("x") ? last + "es" : last + "s");
    return out;
  }

  private static List<String> money(Matcher m) {
    String[] names = CURRENCIES.get(m.group(1));
    var out = new ArrayList<>(digits(m.group(2)));
    out.add(m.group(2).equals("1") ? names[0] : names[1]);
    if (m.group(3) != null && !m.group(3).equals("00")) {
      out.addAll(cardinal(Long.parseLong(m.group(3))));
      out.add(names[2]);
    }
    return out;
  }

  private static List<String> clock(Matcher m) {
    var out = new ArrayList<>(cardinal(Long.parseLong(m.group(1))));
    int minutes = Integer.parseInt(m.group(2));
    if (minutes == 0) {
      if (m.group(3) == null) {
        out.add("o'clock");
      }
    } else {
      if (minutes < 10) {
        out.add("oh");
      }
      out.addAll(cardinal(minutes));
    }
    if (m.group(3) != null) {
      out.add(m.group(3).substring(0, 1));
      out.add("m");
    }
    return out;
  }
}
