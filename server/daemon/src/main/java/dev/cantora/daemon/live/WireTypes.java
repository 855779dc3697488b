package dev.cantora.daemon.live;

import dev.cantora.api.live.Controller;
import dev.cantora.api.live.NoteOn;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.render.ScoreMapping;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import java.util.List;

/** The wire's types in the engine's terms and back. */
public final class WireTypes {
  private WireTypes() {}

  static dev.cantora.api.live.FrameFormat of(FrameFormat format) {
    return switch (format) {
      case F32 -> dev.cantora.api.live.FrameFormat.F32;
      case S16 -> dev.cantora.api.live.FrameFormat.S16;
      case OPUS -> dev.cantora.api.live.FrameFormat.OPUS;
    };
  }

  static FrameFormat frameFormat(dev.cantora.api.live.FrameFormat format) {
    return switch (format) {
      case F32 -> FrameFormat.F32;
      case S16 -> FrameFormat.S16;
      case OPUS -> FrameFormat.OPUS;
    };
  }

  public static LiveVoice.Controller controller(Controller controller) {
    return switch (controller) {
      case BREATHINESS -> LiveVoice.Controller.BREATHINESS;
      case DYNAMICS -> LiveVoice.Controller.DYNAMICS;
      case TENSION -> LiveVoice.Controller.TENSION;
      case BEND -> LiveVoice.Controller.BEND;
      case FORMANT_SHIFT -> LiveVoice.Controller.FORMANT_SHIFT;
      case GROWL -> LiveVoice.Controller.GROWL;
      case WHISPER -> LiveVoice.Controller.WHISPER;
      case SUSTAIN -> LiveVoice.Controller.SUSTAIN;
      case PAN -> LiveVoice.Controller.PAN;
    };
  }

  static LiveNote liveNote(NoteOn message, List<String> phonemes) {
    return new LiveNote(message.noteId(), message.midi(), message.velocity(), message.timbre(), message.breathiness(),
        ScoreMapping.vibrato(message.vibrato()), message.portamentoMsOrDefault() / 1000, phonemes);
  }
}
