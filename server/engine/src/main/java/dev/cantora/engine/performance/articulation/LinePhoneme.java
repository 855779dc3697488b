package dev.cantora.engine.performance.articulation;

/**
 * A phoneme on the line of one singer.
 *
 * @param symbol ARPAbet without stress, or {@code SIL}
 * @param startSec, endSec absolute; successive phonemes of a line neither overlap nor run backwards
 * @param strength 0..1 of consonants
 */
public record LinePhoneme(String symbol, double startSec, double endSec, double strength) {}
