package dev.cantora.engine.score;

import java.util.Map;

/**
 * Automation over the whole score. An absent lane is null (or an empty map).
 *
 * @param dynamics clamped to 0..1; drives level, spectral tilt and breath
 * @param breathiness clamped to 0..1; replaces the voice's default
 * @param tension -1 lax .. 1 pressed, 0 neutral
 * @param pitchBend cents, -2400..2400
 * @param formantShift semitones of the whole spectral envelope, -12..12
 * @param growl 0..1
 * @param fry 0..1, vocal fry
 * @param whisper 0..1, share of voicing replaced by breath
 * @param timbreMorph weight curve per timbre name, each clamped to at least 0, normalised to sum 1
 */
public record Lanes(
    Curve dynamics,
    Curve breathiness,
    Curve tension,
    Curve pitchBend,
    Curve formantShift,
    Curve growl,
    Curve fry,
    Curve whisper,
    Map<String, Curve> timbreMorph) {

  public static final Lanes NONE = new Lanes(null, null, null, null, null, null, null, null, Map.of());

  public Lanes {
    timbreMorph = timbreMorph == null ? Map.of() : Map.copyOf(timbreMorph);
  }
}
