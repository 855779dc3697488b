package dev.cantora.engine;

import dev.cantora.engine.score.Vibrato;
import java.util.List;

/**
 * A live note.
 *
 * @param noteId 1..128 characters; a sounding note of this id is retriggered
 * @param midi 0..127
 * @param velocity 0..1
 * @param timbre or null
 * @param breathiness 0..1 or null
 * @param vibrato or null
 * @param portamentoSec glide from the voice's previous pitch
 * @param phonemes ARPAbet symbols of the syllable to sing, empty for the bare vowel of the timbre
 */
public record LiveNote(
    String noteId,
    double midi,
    double velocity,
    String timbre,
    Double breathiness,
    Vibrato vibrato,
    double portamentoSec,
    List<String> phonemes) {
  public LiveNote {
    phonemes = phonemes == null ? List.of() : List.copyOf(phonemes);
  }
}
