package dev.cantora.bench.hostile;

import dev.cantora.api.ErrorCode;
import dev.cantora.fuzz.RawPeer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts what the daemon answered and keeps what it should not have said. Thread-safe. */
final class Answers {
  private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
  private static final Pattern LEAK = Pattern.compile("\\tat |[a-z]Exception|java\\.|dev\\.cantora|/tmp/|/root/|/home/");
  private static final Set<String> CATALOGUE = Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
  private static final int CLOSED_INTERNAL = 1011;
  private static final int FINAL_CLOSE = 0x88;
  private static final int MOST_KEPT = 20;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> offences = new ConcurrentLinkedQueue<>();
  private final LongAdder offended = new LongAdder();

  /** A text over a socket. */
  void text(String text) {
    boolean error = text.startsWith("{\"type\":\"error\"") || text.startsWith("{\"type\":\"jam_error\"");
    count(error ? code(text) : "socket answers");
    if (error) {
      judge(text);
    }
  }

  void closed(RawPeer.Frame frame) {
    count("close " + frame.closeCode());
    if (frame.head() != FINAL_CLOSE || frame.closeCode() == CLOSED_INTERNAL) {
      offence("a socket was closed with " + frame.closeCode() + ": " + frame.text());
    }
  }

  /** @param body the whole answer, or as much of it as is text */
  void http(int status, String body) {
    count(status < 500 ? "HTTP " + status : "HTTP " + status + " " + code(body));
    if (status >= 400) {
      judge(body);
    }
    if (status >= 500 && !CATALOGUE.contains(code(body))) {
      offence(status + " without a code: " + body);
    }
  }

  private void judge(String text) {
    String code = code(text);
    if (code.equals("INTERNAL_ERROR") || !code.isEmpty() && !CATALOGUE.contains(code) || LEAK.matcher(text).find()) {
      offence(text);
    }
  }

  private static String code(String text) {
    Matcher code = CODE.matcher(text);
    return code.find() ? code.group(1) : "";
  }

  void offence(String what) {
    offended.increment();
    if (offences.size() < MOST_KEPT) {
      offences.add(what.length() > 400 ? what.substring(0, 400) : what);
    }
  }

  void count(String what) {
    counts.computeIfAbsent(what, any -> new LongAdder()).increment();
  }

  long offended() {
    return offended.sum();
  }

  void print() {
    System.out.println("answers " + new TreeMap<>(counts));
    offences.forEach(offence -> System.out.println("        " + offence));
  }
}
