package dev.cantora.engine.lyrics.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cuts a text into words, melisma marks and phoneme hints, and notes where it pauses. Apostrophes of every shape become
 * {@code '}, hyphens {@code -}; compatibility forms such as ligatures and full-width letters are unfolded (NFKC).
 */
public final class LyricTokenizer {
  private static final Pattern CHUNK = Pattern.compile("\\[([^\\[\\]]{0,400})\\]|\\n|[^\\s\\[\\]]+|[\\[\\]]");
  private static final Pattern EDGE = Pattern.compile("^[^\\p{L}\\p{M}\\p{N}'$£€¥#&@]+|[^\\p{L}\\p{M}\\p{N}'ー%&@]+$");

  /** Where words without a space between them part: at a dash or stroke, and after a stop; a hyphen joins. */
  private static final Pattern JOINT =
      Pattern.compile("(?<=[\\u2012-\\u2015/])|--+|(?<=\\.\\.)(?=[^.])|(?<=\\p{L}{2}[.,;:!?])(?=\\p{L}{2})");

  private static final Pattern LINE_END = Pattern.compile("\\r\\n?|[\\u2028\\u2029\\u000B\\f]");
  private static final Pattern APOSTROPHE = Pattern.compile("[\\u2018\\u2019\\u201B\\u02BC\\u02B9\\u2032\\uFF07`\\u00B4]");
  private static final Pattern HYPHEN = Pattern.compile("[\\u2010\\u2011\\u00AD\\u2212]");
  /** "a- ma- zing", as hymnals print it. */
  private static final Pattern HYPHEN_AND_SPACE = Pattern.compile("(?<=\\p{L})-[ \\t]+(?=\\p{L})");

  /** Signs that are words when they stand alone. */
  private static final Set<String> SIGNS = Set.of("&", "@", "%");

  private LyricTokenizer() {}

  public static List<LyricToken> tokenize(String text) {
    var tokens = new ArrayList<LyricToken>();
    var m = CHUNK.matcher(normalize(text));
    int wordEnd = -1;
    while (m.find()) {
      if (m.group(1) != null) {
        addHint(tokens, m.group(1), m.start() == wordEnd);
      } else if (m.group().equals("\n")) {
        pauseAfterLast(tokens, PhraseBreak.MAJOR);
      } else {
        addChunk(tokens, m.group());
        wordEnd = m.end();
      }
    }
    return tokens;
  }

  private static String normalize(String text) {
    String unfolded = Normalizer.normalize(LINE_END.matcher(text).replaceAll("\n"), Normalizer.Form.NFKC);
    String apostrophes = APOSTROPHE.matcher(unfolded).replaceAll("'");
    return HYPHEN_AND_SPACE.matcher(HYPHEN.matcher(apostrophes).replaceAll("-")).replaceAll("-");
  }

  private static void addChunk(List<LyricToken> tokens, String chunk) {
    if (isHold(chunk)) {
      tokens.add(new LyricToken.Hold());
      return;
    }
    for (String part : JOINT.split(chunk)) {
      String word = EDGE.matcher(part).replaceAll("");
      boolean spoken = word.codePoints().anyMatch(Character::isLetterOrDigit) || SIGNS.contains(word);
      if (spoken) {
        tokens.add(new LyricToken.Word(word, null, PhraseBreak.NONE));
      }
      pauseAfterLast(tokens, pauseOf(part, spoken ? part.lastIndexOf(word) + word.length() : 0));
    }
  }

  /** {@code -}, {@code +}, {@code _} and {@code ー} alone. */
  public static boolean isHold(String chunk) {
    return chunk.equals("-") || chunk.equals("+") || chunk.equals("_") || chunk.equals("ー");
  }

  private static void addHint(List<LyricToken> tokens, String phonemes, boolean directlyAfterWord) {
    if (directlyAfterWord && !tokens.isEmpty() && tokens.getLast() instanceof LyricToken.Word w && w.hint() == null) {
      tokens.set(tokens.size() - 1, new LyricToken.Word(w.text(), phonemes, w.after()));
    } else {
      tokens.add(new LyricToken.Word("", phonemes, PhraseBreak.NONE));
    }
  }

  private static PhraseBreak pauseOf(String chunk, int from) {
    PhraseBreak pause = PhraseBreak.NONE;
    for (int i = from; i < chunk.length(); i++) {
      pause = pause.orStronger(switch (chunk.charAt(i)) {
        case '.', '!', '?', ';', ':', '\u2026', '\u3002' -> PhraseBreak.MAJOR;
        case ',', '\u3001', '(', ')', '\u2013', '\u2014', '\u2015', '/' -> PhraseBreak.MINOR;
        default -> PhraseBreak.NONE;
      });
    }
    return pause;
  }

  private static void pauseAfterLast(List<LyricToken> tokens, PhraseBreak pause) {
    for (int i = tokens.size() - 1; i >= 0 && pause != PhraseBreak.NONE; i--) {
      if (tokens.get(i) instanceof LyricToken.Word w) {
        tokens.set(i, new LyricToken.Word(w.text(), w.hint(), w.after().orStronger(pause)));
        return;
      }
    }
  }
}
