package dev.cantora.daemon.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads typed values and collects what is wrong with them. An unset or blank variable means its default. */
final class EnvironmentReader {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(b|kb|mb|gb)?", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  EnvironmentReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The variable's text without surrounding white space, or null when unset or blank. */
  String text(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  String text(String name, String otherwise) {
    String value = text(name);
    return value == null ? otherwise : value;
  }

  int wholeNumber(String name, int otherwise, int min, int max) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // reported below, together with numbers out of range
    }
    problem(name, "must be a whole number from " + min + " to " + max + ", but is '" + shown(value) + "'");
    return otherwise;
  }

  double number(String name, double otherwise, double min, double max) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      double number = new BigDecimal(value).doubleValue();
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // reported below
    }
    problem(name, "must be a number from " + min + " to " + max + ", but is '" + shown(value) + "'");
    return otherwise;
  }

  /** Bytes, written like {@code 2mb}, {@code 512kb} or a plain number of bytes; units are powers of 1024. */
  long bytes(String name, long otherwise, long min, long max) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    Matcher matcher = SIZE.matcher(value);
    if (matcher.matches()) {
      String unit = matcher.group(2) == null ? "b" : matcher.group(2).toLowerCase(Locale.ROOT);
      long factor = switch (unit) {
        case "kb" -> 1L << 10;
        case "mb" -> 1L << 20;
        case "gb" -> 1L << 30;
        default -> 1L;
      };
      long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
      if (bytes >= min && bytes <= max) {
        return bytes;
      }
    }
    problem(name, "must be a size like 2mb, from " + min + " to " + max + " bytes, but is '" + shown(value) + "'");
    return otherwise;
  }

  String oneOf(String name, String otherwise, Set<String> allowed) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    String lower = value.toLowerCase(Locale.ROOT);
    if (allowed.contains(lower)) {
      return lower;
    }
    problem(name, "must be one of " + String.join(", ", allowed.stream().sorted().toList()) + ", but is '"
        + shown(value) + "'");
    return otherwise;
  }

  Path path(String name, String otherwise) {
    String value = text(name, otherwise);
    if (value == null) {
      return null;
    }
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      problem(name, "is not a usable path: '" + shown(value) + "'");
      return null;
    }
  }

  /** Comma list; blanks around items and empty items are ignored. */
  List<String> list(String name) {
    String value = text(name);
    return value == null ? List.of()
        : Arrays.stream(value.split(",")).map(String::strip).filter(item -> !item.isEmpty()).toList();
  }

  /** Parses with a function that throws IllegalArgumentException with the second half of a sentence. */
  <T> T parsed(String name, T otherwise, Function<String, T> parser) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException bad) {
      problem(name, bad.getMessage());
      return otherwise;
    }
  }

  void problem(String name, String what) {
    problems.add(name + " " + what + ".");
  }

  void throwIfBad() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private static String shown(String value) {
    String printable = value.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= 60 ? printable : printable.substring(0, 60) + "...";
  }
}
