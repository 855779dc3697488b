package dev.cantora.daemon.lyrics;

import dev.cantora.api.model.Phoneme;
import dev.cantora.api.model.PhonemeKind;
import dev.cantora.engine.score.TimedPhoneme;

/** The engine's phonemes as the wire has them. */
public final class WirePhonemes {
  private WirePhonemes() {}

  public static Phoneme of(TimedPhoneme event) {
    return new Phoneme(event.tSec(), event.durSec(), event.phoneme(),
        event.vowel() ? PhonemeKind.VOWEL : PhonemeKind.CONSONANT, event.timbreHint(),
        event.vowel() ? null : event.strength(), event.noteId());
  }
}
