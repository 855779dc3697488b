package dev.cantora.daemon.live;

import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice.Controller;
import java.util.Map;

/** Whatever changes the samples of a {@link VoiceChain}. Times are samples of the chain; a past one means at once. */
sealed interface ChainEvent {

  record NoteOn(LiveNote note, long atSample) implements ChainEvent {}

  /** @param releaseMs 0..10000 */
  record NoteOff(String noteId, double releaseMs, long atSample) implements ChainEvent {}

  record Panic(long atSample) implements ChainEvent {}

  /** @param weights per timbre name, empty to clear */
  record Morph(Map<String, Double> weights) implements ChainEvent {}

  record Control(Controller controller, double value) implements ChainEvent {}

  record Polyphony(int voices) implements ChainEvent {}

  record DefaultTimbre(String timbre) implements ChainEvent {}

  record Seed(int rngSeed) implements ChainEvent {}

  record Limiter(boolean on) implements ChainEvent {}

  /** The voice changes; held notes go on in the new one, the old one fades out. */
  record Preset(Instrument instrument) implements ChainEvent {}
}
