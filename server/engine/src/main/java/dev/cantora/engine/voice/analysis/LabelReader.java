package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.units.PhoneAlphabet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads label files: Audacity ({@code start end label}, seconds), HTK ({@code start end label}, units of 100 ns) and the
 * segments that {@code flite -psdur} prints ({@code label:end}). Which one it is shows in the first line.
 */
public final class LabelReader {

  private static final double HTK_SEC = 1e-7;

  private LabelReader() {}

  /** @throws IOException the file cannot be read, or a line cannot be understood; the message names line and reason */
  public static List<LabelledSegment> read(Path file) throws IOException {
    return parse(file.getFileName().toString(), Files.readString(file));
  }

  /** As {@link #read}. @param name what messages call the text */
  public static List<LabelledSegment> parse(String name, String text) throws IOException {
    var segments = new ArrayList<LabelledSegment>();
    String[] lines = text.strip().split("\\R");
    boolean flite = lines[0].strip().matches("\\S+:[0-9.]+(\\s.*)?");
    if (flite) {
      double start = 0;
      for (String item : text.strip().split("\\s+")) {
        int colon = item.lastIndexOf(':');
        double end = number(name, item, item.substring(colon + 1));
        add(segments, name, item, start, end, item.substring(0, Math.max(0, colon)));
        start = end;
      }
      return segments;
    }
    for (String line : lines) {
      String[] fields = line.strip().split("\\s+");
      if (line.isBlank()) {
        continue;
      }
      if (fields.length < 3) {
        throw new IOException(name + ": \"" + line.strip() + "\" is not \"start end label\"");
      }
      boolean htk = fields[0].matches("\\d+") && fields[1].matches("\\d{5,}");
      double unit = htk ? HTK_SEC : 1;
      add(segments, name, line, number(name, line, fields[0]) * unit, number(name, line, fields[1]) * unit, fields[2]);
    }
    return segments;
  }

  private static void add(List<LabelledSegment> segments, String name, String line, double start, double end, String label)
      throws IOException {
    String phone = PhoneAlphabet.canonical(label);
    if (phone == null) {
      throw new IOException(name + ": \"" + label + "\" is no ARPAbet phone (in \"" + line.strip() + "\")");
    }
    double before = segments.isEmpty() ? 0 : segments.getLast().endSec();
    if (!(end > start) || start < before - 0.0005) {
      throw new IOException(name + ": \"" + line.strip() + "\" runs backwards or is empty");
    }
    segments.add(new LabelledSegment(start, end, phone));
  }

  private static double number(String name, String line, String text) throws IOException {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value < 1e12) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IOException(name + ": \"" + text + "\" in \"" + line.strip() + "\" is not a time");
    }
    throw new IOException(name + ": \"" + text + "\" in \"" + line.strip() + "\" is not a time");
  }
}
