package dev.cantora.engine.interchange;

import dev.cantora.engine.interchange.SungWords.Word;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sung words as captions: WebVTT with a time stamp before every word (W3C), LRC with word times. */
final class CaptionWriter {
  private CaptionWriter() {}

  static String webVtt(List<List<Word>> lines) {
    StringBuilder out = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < lines.size(); i++) {
      List<Word> line = lines.get(i);
      double end = line.stream().mapToDouble(Word::endSec).max().orElseThrow();
      if (i + 1 < lines.size()) {
        end = Math.min(end, Math.max(line.getLast().startSec() + 0.001, lines.get(i + 1).getFirst().startSec()));
      }
      out.append('\n').append(stamp(line.getFirst().startSec())).append(" --> ").append(stamp(end)).append('\n');
      for (int w = 0; w < line.size(); w++) {
        boolean later = w > 0 && line.get(w).startSec() > line.getFirst().startSec();
        out.append(w == 0 ? "" : " ").append(later ? "<" + stamp(line.get(w).startSec()) + ">" : "").append(escaped(line.get(w).text()));
      }
      out.append('\n');
    }
    return out.toString();
  }

  static String lrc(List<List<Word>> lines) {
    return lines.stream().map(line -> "[" + lrcStamp(line.getFirst().startSec()) + "]" + line.stream()
        .map(word -> "<" + lrcStamp(word.startSec()) + ">" + word.text().replace("<", "").replace("[", ""))
        .collect(Collectors.joining(" ")) + "\n").collect(Collectors.joining());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String stamp(double sec) {
    long ms = Math.round(sec * 1000);
    return String.format(Locale.ROOT, "%02d:%02d:%02d.%03d", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
  }

  private static String lrcStamp(double sec) {
    long hundredths = Math.round(sec * 100);
    return String.format(Locale.ROOT, "%02d:%02d.%02d", hundredths / 6000, hundredths / 100 % 60, hundredths % 100);
  }
}
