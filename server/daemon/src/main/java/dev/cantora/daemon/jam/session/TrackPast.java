package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.jam.mix.DelayLine;
import dev.cantora.daemon.jam.mix.Strip;

/**
 * A track one loop ago, as far listeners hear it, and the change between present and past in the common mix. While nobody is
 * far there is no past, and the common mix hears the track as it is. Belongs to the session's audio thread.
 */
final class TrackPast {

  /** From the present to the past within 10 ms. */
  private static final float SHARE_STEP = 1f / Strip.RAMP_SAMPLES;

  private final float[] past;
  private final float[] blend;
  /** Null while nobody is far. */
  private DelayLine line;
  private boolean closing;
  private int closeLeft;
  private boolean ownerFar;
  private int roundTrip;
  private float pastShare;

  TrackPast(int blockSize) {
    past = new float[blockSize];
    blend = new float[blockSize];
  }

  /** Takes in what was rendered. @param inTime whether the track plays a score, which all hear in time */
  void pass(float[] samples, int frames, boolean inTime) {
    if (line != null) {
      line.pass(samples, past, frames);
      mixCommon(samples, frames, target(inTime));
    }
  }

  /** @param samples of the present @return what the common mix hears */
  float[] common(float[] samples) {
    return line == null ? samples : blend;
  }

  /** @param samples of the present @return what a far listener hears who does not own the track */
  float[] far(float[] samples) {
    return line == null ? samples : past;
  }

  /** Goes over at once. */
  void settle(boolean inTime) {
    pastShare = target(inTime);
  }

  /** Nobody is far any more. The past is still needed while mixes go over to the present. */
  void close() {
    ownerFar = false;
    if (line != null && !closing) {
      closing = true;
      closeLeft = 2 * past.length;
    }
  }

  /**
   * Somebody is far: the past is kept.
   *
   * @param delaySamples how much later far listeners hear this track
   * @param ownerIsFar whether the common mix holds the past
   * @param roundTripSamples of the owner, by which their notes are late
   */
  void keep(int delaySamples, boolean ownerIsFar, int roundTripSamples) {
    closing = false;
    if (line == null) {
      line = new DelayLine(delaySamples);
    } else {
      line.delay(delaySamples);
    }
    ownerFar = ownerIsFar;
    roundTrip = roundTripSamples;
  }

  /** Nothing of the past is heard any more: the transport stopped or went elsewhere. */
  void cut() {
    if (line != null) {
      line.cut();
    }
  }

  /** How much later than it is played the track is heard in the common mix, in samples. */
  int laterSamples(boolean inTime) {
    return ownerFar && line != null && !inTime ? line.delaySamples() : 0;
  }

  /** By how much what its owner plays is late, as far as that is made good, in samples. */
  int roundTripSamples(boolean inTime) {
    return laterSamples(inTime) == 0 ? 0 : roundTrip;
  }

  private float target(boolean inTime) {
    return ownerFar && !inTime ? 1 : 0;
  }

  private void mixCommon(float[] samples, int frames, float target) {
    for (int i = 0; i < frames; i++) {
      if (pastShare < target) {
        pastShare = Math.min(target, pastShare + SHARE_STEP);
      } else if (pastShare > target) {
        pastShare = Math.max(target, pastShare - SHARE_STEP);
      }
      blend[i] = pastShare == 0 ? samples[i] : pastShare == 1 ? past[i] : (1 - pastShare) * samples[i] + pastShare * past[i];
    }
    closeLeft -= closing ? frames : 0;
    if (closing && pastShare == 0 && closeLeft <= 0) {
      line = null;
      closing = false;
    }
  }
}
