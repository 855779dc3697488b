package dev.cantora.engine.score;

/**
 * One note.
 *
 * @param id caller's name for it, need not be unique
 * @param startSec 0..3600
 * @param durationSec 0.001..3600
 * @param midi pitch, 0..127, fractions allowed; 69 is A4 = 440 Hz
 * @param velocity 0..1
 * @param timbre name of a timbre of the voice, or null for what lanes, phonemes and defaults say
 * @param vibrato or null for the voice's own
 * @param portamentoSec glide time from the previous note, 0..10
 * @param pan -1 left .. 1 right
 * @param breathiness 0..1, or null for lane or voice default
 * @param lyric the words, syllable or {@code -}/{@code +} (melisma) sung on this note, or null
 * @param expression never null
 */
public record Note(
    String id,
    double startSec,
    double durationSec,
    double midi,
    double velocity,
    String timbre,
    Vibrato vibrato,
    double portamentoSec,
    double pan,
    Double breathiness,
    String lyric,
    Expression expression) {

  public Note {
    Bounds.requirePresent(id, "note.id");
    Bounds.require(startSec, 0, 3600, "note.startSec");
    Bounds.require(durationSec, 0.001, 3600, "note.durationSec");
    Bounds.require(midi, 0, 127, "note.midi");
    Bounds.require(velocity, 0, 1, "note.velocity");
    Bounds.require(portamentoSec, 0, 10, "note.portamentoSec");
    Bounds.require(pan, -1, 1, "note.pan");
    if (breathiness != null) {
      Bounds.require(breathiness, 0, 1, "note.breathiness");
    }
    expression = expression == null ? Expression.NONE : expression;
  }

  /** A note that leaves all expression to the lanes. */
  public Note(String id, double startSec, double durationSec, double midi, double velocity, String timbre,
      Vibrato vibrato, double portamentoSec, double pan, Double breathiness, String lyric) {
    this(id, startSec, durationSec, midi, velocity, timbre, vibrato, portamentoSec, pan, breathiness, lyric, Expression.NONE);
  }

  /** A plain note with every optional member at its default. */
  public static Note of(String id, double startSec, double durationSec, double midi) {
    return new Note(id, startSec, durationSec, midi, 1.0, null, null, 0, 0, null, null);
  }

  public double endSec() {
    return startSec + durationSec;
  }
}
