package dev.cantora.engine;

import java.util.Map;

/**
 * Notes as they are played: a pool of singers with sample-accurate events. One thread at a time; rendering allocates
 * nothing. The same calls in the same order give the same samples, so an event log replays to the same bytes.
 */
public interface LiveVoice {

  /** What {@link #noteOn} did. @param voiceIndex 0-based slot @param stolen whether a sounding note had to yield */
  record NoteAck(int voiceIndex, boolean stolen) {}

  /**
   * Starts (or retriggers) a note at the given sample of the session's clock; a past time means the next sample.
   *
   * @throws EngineException INVALID_BODY for an unknown timbre, with the list in details
   */
  NoteAck noteOn(LiveNote note, long atSample);

  /** Releases a note; an unknown id is ignored. @param releaseMs 0..10000 */
  void noteOff(String noteId, double releaseMs, long atSample);

  /** Releases everything within 10 ms and forgets the timbre morph. */
  void panic(long atSample);

  /** Weights per timbre name, clamped to 0..1 and normalised to sum 1; empty or all 0 to clear. @throws EngineException INVALID_BODY for an unknown name */
  void timbreMorph(Map<String, Double> weights);

  /** One of the continuous controllers; unknown values are clamped to their range and smoothed, never stepped. */
  void control(Controller controller, double value);

  /** Singers made ahead for a greater polyphony. */
  interface Reserve {

    /** Nobody. */
    Reserve NONE = new Reserve() {};
  }

  /** Makes the singers that {@link #maxPolyphony} will lack, which takes time that an audio thread has not. Any thread. */
  default Reserve reserve(int voices) {
    return Reserve.NONE;
  }

  /** Changes the polyphony; singers that are lacking are made on the spot. */
  default void maxPolyphony(int voices) {
    maxPolyphony(voices, Reserve.NONE);
  }

  /** @param reserve of this voice; singers that it lacks are made on the spot */
  void maxPolyphony(int voices, Reserve reserve);

  void defaultTimbre(String timbre);

  void seed(int rngSeed);

  /**
   * Adds {@code frames} frames of interleaved audio (not limited) into {@code out} from index 0 and moves the clock on.
   * The bits do not depend on how a stretch is divided into calls as long as each call has a multiple of 128 frames.
   */
  void render(float[] out, int frames);

  /**
   * Back to sample 0 and silence: notes, morph and controllers are forgotten, polyphony, default timbre and seed stay. What
   * follows has the same bits as a new pool's with those settings. Allocates nothing unless the polyphony was lowered.
   */
  void restart();

  /** {@link #restart}, but to another sample: as if there had been silence up to it. */
  void restartAt(long sample);

  /** Singers that sound, those in their release and those outside the pool included. */
  int voicesActive();

  long samplePosition();

  /**
   * Session-wide continuous controllers. Ranges: BEND cents -2400..2400, TENSION and PAN -1..1, FORMANT_SHIFT semitones
   * -12..12, SUSTAIN down from 0.5 on, others 0..1. At first BREATHINESS is the voice's own, DYNAMICS 1, the others 0.
   */
  enum Controller { BREATHINESS, DYNAMICS, TENSION, BEND, FORMANT_SHIFT, GROWL, WHISPER, SUSTAIN, PAN }
}
