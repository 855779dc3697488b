package dev.cantora.engine.interchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which order the measures of a MusicXML score are played: repeats with their endings, D.C. and D.S. with Fine and Coda.
 * After a jump back repeats are not taken and the last ending is played, as is the custom. Signs count in whichever part they
 * are written. What is said with {@code sound} goes before words; words are known in their usual spellings.
 */
final class PlayOrder {
  /** Measures that are played, repetitions counted. */
  private static final int MOST_MEASURES = 20_000;

  /** What is written at a measure. */
  private static final class Signs {
    private boolean forward;
    /** How often the section before is played; 0 without a repeat. */
    private int times;
    private final Set<Integer> ending = new TreeSet<>();
    private boolean endingStops;
    private boolean fine;
    private boolean segno;
    private boolean coda;
    private boolean toCoda;
    private boolean daCapo;
    private boolean dalSegno;
  }

  private final List<Signs> signs = new ArrayList<>();
  private final List<Integer> order = new ArrayList<>();
  private int sectionStart;
  private int pass = 1;
  private boolean jumped;

  private PlayOrder(List<List<XmlElement>> parts) {
    int measures = parts.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < measures; i++) {
      Signs here = new Signs();
      for (List<XmlElement> part : parts) {
        if (i < part.size()) {
          read(part.get(i), here);
        }
      }
      signs.add(here);
    }
    spreadEndings();
  }

  /**
   * Indexes of measures as they are played.
   *
   * @param parts the measures of each
   * @throws dev.cantora.engine.EngineException SCORE_FILE_TOO_LARGE
   */
  static List<Integer> of(List<List<XmlElement>> parts) {
    PlayOrder play = new PlayOrder(parts);
    play.run();
    return play.order;
  }

  private static void read(XmlElement measure, Signs here) {
    for (XmlElement item : measure.children()) {
      switch (item.name()) {
        case "barline" -> readBarline(item, here);
        case "sound" -> readSound(item, here);
        case "direction" -> {
          XmlElement sound = item.child("sound").orElse(null);
          boolean told = sound != null && readSound(sound, here);
          for (XmlElement type : item.all("direction-type")) {
            here.segno |= type.has("segno");
            here.coda |= type.has("coda") && !here.toCoda;
            if (!told) {
              type.all("words").forEach(words -> readWords(words.text(), here));
            }
          }
        }
        default -> { }
      }
    }
  }

  private static void readBarline(XmlElement barline, Signs here) {
    for (XmlElement repeat : barline.all("repeat")) {
      if ("forward".equals(repeat.attribute("direction"))) {
        here.forward = true;
      } else {
        String times = repeat.attribute("times");
        here.times = Math.max(here.times, times == null ? 2 : (int) Math.clamp(XmlElement.number(times, "repeat times"), 2, 100));
      }
    }
    for (XmlElement ending : barline.all("ending")) {
      if ("start".equals(ending.attribute("type"))) {
        here.ending.addAll(numbers(ending.attribute("number")));
      } else {
        here.endingStops = true;
      }
    }
  }

  /** "1, 2" or "1-3". What cannot be read is the first. */
  private static Collection<Integer> numbers(String text) {
    Set<Integer> found = new TreeSet<>();
    for (String part : (text == null ? "1" : text).split("[,\\s]+")) {
      if (part.matches("\\d{1,3}")) {
        found.add(Integer.valueOf(part));
      } else if (part.matches("\\d{1,2}-\\d{1,2}")) {
        int[] range = Arrays.stream(part.split("-")).mapToInt(Integer::parseInt).toArray();
        for (int i = range[0]; i <= range[1]; i++) {
          found.add(i);
        }
      }
    }
    return found.isEmpty() ? Set.of(1) : found;
  }

  /** @return whether it says anything about the order */
  private static boolean readSound(XmlElement sound, Signs here) {
    here.fine |= sound.attribute("fine") != null;
    here.segno |= sound.attribute("segno") != null;
    here.coda |= sound.attribute("coda") != null;
    here.toCoda |= sound.attribute("tocoda") != null;
    here.daCapo |= "yes".equals(sound.attribute("dacapo"));
    here.dalSegno |= sound.attribute("dalsegno") != null;
    return List.of("fine", "segno", "coda", "tocoda", "dacapo", "dalsegno").stream().anyMatch(name -> sound.attribute(name) != null);
  }

  private static void readWords(String words, Signs here) {
    String plain = words.toLowerCase(Locale.ROOT).replaceAll("[\\s.]+", " ").strip();
    here.daCapo |= plain.matches("(d ?c|da capo)( .*)?");
    here.dalSegno |= plain.matches("(d ?s|dal segno)( .*)?");
    here.fine |= plain.equals("fine");
    if (plain.matches("(to|al) coda.*")) {
      here.toCoda = true;
      here.coda = false;
    }
  }

  /** An ending reaches from its start to its stop. */
  private void spreadEndings() {
    Set<Integer> open = Set.of();
    for (Signs here : signs) {
      if (here.ending.isEmpty() && !here.forward) {
        here.ending.addAll(open);
      }
      open = here.endingStops || here.times > 0 ? Set.of() : Set.copyOf(here.ending);
    }
  }

  private void run() {
    for (int i = 0; i < signs.size(); ) {
      Signs here = signs.get(i);
      if (here.forward && i != sectionStart) {
        sectionStart = i;
        pass = 1;
      }
      if (skips(i)) {
        i++;
        leaveEndings(i);
        continue;
      }
      if (order.size() == MOST_MEASURES) {
        throw ScoreFiles.tooLarge("With its repeats the score has more than " + MOST_MEASURES + " measures.");
      }
      order.add(i);
      if (jumped && here.fine) {
        return;
      }
      i = next(i, here);
    }
  }

  private int next(int i, Signs here) {
    if (jumped && here.toCoda) {
      int coda = find(i + 1, true);
      if (coda >= 0) {
        return coda;
      }
    }
    if (here.times > 0 && !jumped && (pass < here.times || endingOfNextPass(i))) {
      pass++;
      return sectionStart;
    }
    if ((here.daCapo || here.dalSegno) && !jumped) {
      jumped = true;
      return here.daCapo ? 0 : Math.max(0, find(0, false));
    }
    if (here.times > 0 && here.ending.isEmpty()) {
      sectionStart = i + 1;
      pass = 1;
    }
    leaveEndings(i + 1);
    return i + 1;
  }

  /** After the last ending of a repeat another section begins; endings without a repeat lie inside of one. */
  private void leaveEndings(int i) {
    boolean left = !signs.get(i - 1).ending.isEmpty() && (i == signs.size() || signs.get(i).ending.isEmpty());
    boolean repeated = false;
    for (int j = i - 1; left && j >= 0 && !signs.get(j).ending.isEmpty(); j--) {
      repeated |= signs.get(j).times > 0;
    }
    if (repeated) {
      sectionStart = i;
      pass = 1;
    }
  }

  /** Whether one of the endings around a measure is for the pass after this one. */
  private boolean endingOfNextPass(int i) {
    for (int j = i; j < signs.size() && !signs.get(j).ending.isEmpty(); j++) {
      if (signs.get(j).ending.contains(pass + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the measure belongs to an ending of another pass. */
  private boolean skips(int i) {
    Set<Integer> ending = signs.get(i).ending;
    if (ending.isEmpty()) {
      return false;
    }
    return jumped ? otherEndingFollows(i) : !ending.contains(pass);
  }

  private boolean otherEndingFollows(int i) {
    Set<Integer> ending = signs.get(i).ending;
    int after = i;
    while (after < signs.size() && signs.get(after).ending.equals(ending)) {
      after++;
    }
    return after < signs.size() && !signs.get(after).ending.isEmpty();
  }

  /** First measure from an index on with a coda or segno sign; -1 for none. */
  private int find(int from, boolean coda) {
    for (int i = from; i < signs.size(); i++) {
      if (coda ? signs.get(i).coda : signs.get(i).segno) {
        return i;
      }
    }
    return -1;
  }
}
