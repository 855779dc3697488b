package dev.cantora.engine.score;

/**
 * What one note does beside pitch, length and loudness. A null member leaves the control to its lane.
 *
 * @param scoop how the note reaches its pitch, or null for at once
 * @param fall how the note leaves its pitch before its end, or null for not at all
 * @param tension -1 lax .. 1 pressed
 * @param formantShift semitones of the spectral envelope, -12..12
 * @param growl 0..1
 * @param fry 0..1
 * @param whisper 0..1
 */
public record Expression(
    Glide scoop, Glide fall, Double tension, Double formantShift, Double growl, Double fry, Double whisper) {

  public static final Expression NONE = new Expression(null, null, null, null, null, null, null);

  /**
   * A movement of pitch at an edge of a note.
   *
   * @param cents how far below the note's pitch it begins or ends, -2400..2400; negative lies above
   * @param durationSec time it takes, 0.001..10
   */
  public record Glide(double cents, double durationSec) {
    public Glide {
      Bounds.require(cents, -2400, 2400, "cents");
      Bounds.require(durationSec, 0.001, 10, "durationSec");
    }
  }

  public Expression {
    require(tension, -1, 1, "note.tension");
    require(formantShift, -12, 12, "note.formantShift");
    require(growl, 0, 1, "note.growl");
    require(fry, 0, 1, "note.fry");
    require(whisper, 0, 1, "note.whisper");
  }

  private static void require(Double value, double min, double max, String path) {
    if (value != null) {
      Bounds.require(value, min, max, path);
    }
  }
}
