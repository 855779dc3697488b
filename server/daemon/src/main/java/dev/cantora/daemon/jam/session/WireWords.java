package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.TrackNoteOn;
import dev.cantora.daemon.render.ScoreMapping;
import dev.cantora.engine.LiveNote;
import java.util.List;

/** The wire's types in the engine's terms. */
final class WireWords {
  private WireWords() {}

  static LiveNote note(TrackNoteOn message, List<String> phonemes) {
    return new LiveNote(message.noteId(), message.midi(), message.velocity(), message.timbre(), message.breathiness(),
        ScoreMapping.vibrato(message.vibrato()), message.portamentoMsOrDefault() / 1000, phonemes);
  }
}
