package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.TrackNoteOn;
import dev.cantora.api.live.Controller;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.score.Vibrato;
import java.util.List;

/** The wire's types in the engine's terms. */
final class WireWords {
  private WireWords() {}

  static LiveNote note(TrackNoteOn message, List<String> phonemes) {
    return new LiveNote(message.noteId(), message.midi(), message.velocity(), message.timbre(), message.breathiness(),
        vibrato(message.vibrato()), message.portamentoMsOrDefault() / 1000, phonemes);
  }

  static Vibrato vibrato(dev.cantora.api.model.Vibrato vibrato) {
    return vibrato == null ? null : new Vibrato(vibrato.rateHz(), vibrato.depthCents(), vibrato.onsetSec());
  }

  /** Both enums list the same names. */
  static LiveVoice.Controller controller(Controller controller) {
    return LiveVoice.Controller.valueOf(controller.name());
  }
}
