package dev.cantora.engine.lyrics.timing;

import dev.cantora.engine.lyrics.text.PhraseBreak;
import dev.cantora.engine.lyrics.phonology.Syllable;

/**
 * A syllable in its phrase.
 *
 * @param after pause that the text asks for after it
 */
public record SungSyllable(Syllable syllable, PhraseBreak after) {}
