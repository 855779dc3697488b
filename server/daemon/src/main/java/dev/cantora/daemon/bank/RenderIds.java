package dev.cantora.daemon.bank;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes ids and default names of renders. */
public final class RenderIds {
  private static final DateTimeFormatter ISO_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  /** Only names this daemon made; a name like {@code Untitled-2026-05-16T...} is not number 2026. */
  private static final Pattern UNTITLED = Pattern.compile("Untitled-(\\d{1,9})-[0-9a-f]{8}");

  private final SecureRandom random = new SecureRandom();

  /** ISO 8601 in UTC with milliseconds. */
  static String timestamp(Instant instant) {
    return ISO_MILLIS.format(instant);
  }

  /** A fresh id and the time it holds. @param createdAt ISO 8601 in UTC with milliseconds */
  public record Named(String id, String createdAt) {}

  /** Time with {@code :} and {@code .} as {@code -}, then 8 random hex digits. */
  public Named next(Instant now) {
    String createdAt = timestamp(now);
    return new Named(createdAt.replace(':', '-').replace('.', '-') + "-" + HexFormat.of().toHexDigits(random.nextInt()), createdAt);
  }

  /** The default name of a render. @param number from {@link #untitledNumber} of all names, plus 1 */
  static String untitled(int number, String id) {
    return "Untitled-" + number + "-" + id.substring(id.length() - 8);
  }

  /** N of {@code Untitled-N-xxxxxxxx}, 0 for any other name. */
  static int untitledNumber(String name) {
    if (!name.startsWith("Untitled-")) {
      return 0;
    }
    Matcher matcher = UNTITLED.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
