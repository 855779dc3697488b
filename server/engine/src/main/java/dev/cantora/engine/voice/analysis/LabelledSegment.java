package dev.cantora.engine.voice.analysis;

/**
 * A stretch of a recording and the phone spoken in it.
 *
 * @param phone ARPAbet without stress, upper case; silence is {@code SIL}
 */
public record LabelledSegment(double startSec, double endSec, String phone) {}
