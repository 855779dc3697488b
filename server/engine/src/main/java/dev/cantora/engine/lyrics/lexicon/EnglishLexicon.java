package dev.cantora.engine.lyrics.lexicon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The built-in English data, loaded at first use and shared: both objects are immutable. */
public final class EnglishLexicon {
  private EnglishLexicon() {}

  private static final class Dictionary {
    static final PackedLexicon LEXICON = load();

    private static PackedLexicon load() {
      try (InputStream in = EnglishLexicon.class.getResourceAsStream("cmudict.clx")) {
        return PackedLexicon.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException("the built-in dictionary cannot be read", e);
      }
    }
  }

  private static final class Letters {
    static final JointLetterModel MODEL = load();

    private static JointLetterModel load() {
      try (InputStream in = EnglishLexicon.class.getResourceAsStream("letters.l2s")) {
        return JointLetterModel.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException("the built-in letter model cannot be read", e);
      }
    }
  }

  /** The CMU Pronouncing Dictionary. */
  public static PackedLexicon dictionary() {
    return Dictionary.LEXICON;
  }

  /** For words that are not in it. */
  public static LetterToSound letterToSound() {
    return Letters.MODEL;
  }
}
