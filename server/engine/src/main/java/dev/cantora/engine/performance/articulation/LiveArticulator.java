package dev.cantora.engine.performance.articulation;

import java.util.List;

/** A mouth that is told what to sing as it happens. */
public interface LiveArticulator extends Articulator {

  /** Begins a syllable: its consonants run at their natural length from this time, its vowel is held until told otherwise. */
  void begin(List<String> phonemes, double atSec);

  /** The note ends: coda consonants run out from here. Returns the time in seconds at which the last one is over. */
  double end(double atSec);
}
