package dev.cantora.engine.voice;

import dev.cantora.engine.score.Vibrato;

/**
 * A timbre's defaults.
 *
 * @param hnrDb harmonics-to-noise ratio at full voice
 * @param breathiness 0..1
 * @param vibrato used by notes that state none
 */
public record VoiceDefaults(double hnrDb, double breathiness, Vibrato vibrato) {}
