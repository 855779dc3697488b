package dev.cantora.daemon.live;

import java.util.List;

/**
 * What one live note sings.
 *
 * @param phonemes ARPAbet symbols, empty to hold the vowel of the syllable before
 * @param vowel the sound that is held, null together with empty phonemes
 */
record SungSyllable(List<String> phonemes, String vowel) {

  static final SungSyllable HOLD = new SungSyllable(List.of(), null);

  SungSyllable {
    phonemes = List.copyOf(phonemes);
  }

  boolean holds() {
    return phonemes.isEmpty();
  }

  /** As acknowledged to the client. */
  String text() {
    return String.join(" ", phonemes);
  }
}
