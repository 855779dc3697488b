package dev.cantora.engine.lyrics.lexicon;

import dev.cantora.engine.lyrics.phonology.Segment;
import java.util.List;

/** Pronounces a word that no dictionary has. */
public interface LetterToSound {

  /** @param letters only a..z; the result holds at least one segment */
  List<Segment> pronounce(String letters);
}
