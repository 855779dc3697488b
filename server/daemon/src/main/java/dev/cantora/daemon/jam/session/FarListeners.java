package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.jam.mix.DelayLine;
import dev.cantora.daemon.jam.time.TempoMap;
import java.util.List;

/**
 * Interval mode, for players whose latency is too great to play in time: they hear the others one loop later, and are heard
 * one loop later, so that everybody hears everybody on the beat. What such a player plays is late by the round trip that
 * was measured, as they play to what they hear; that much is taken off the loop's length. The idea is Ninjam's.
 *
 * <p>A track belongs to its owner. The common mix holds the tracks of far owners delayed and all others as they are; each far
 * listener has a mix of their own, with their own tracks and score tracks as they are and all others delayed. Belongs to the
 * session's audio thread.
 */
final class FarListeners {

  /** What a loop is without a loop. */
  private static final int[] MEASURES = {4, 2, 1};
  /** Round trips that change by less move nothing. */
  private static final double LATENCY_STEP_MS = 5;

  private FarListeners() {}

  /** One loop in samples: the transport's, else four measures or what fits of them, always whole beats. */
  static int loopSamples(Transport transport) {
    long loop = transport.loopSamples();
    if (loop > 0 && loop <= DelayLine.MAX_DELAY_SAMPLES) {
      return (int) loop;
    }
    TempoMap map = transport.map();
    for (int measures : MEASURES) {
      long samples = map.measureSamples(measures);
      if (samples <= DelayLine.MAX_DELAY_SAMPLES) {
        return (int) samples;
      }
    }
    long beat = map.beatSamples();
    return (int) (DelayLine.MAX_DELAY_SAMPLES / beat * beat);
  }

  static boolean any(List<Member> members) {
    for (Member member : members) {
      if (member.far()) {
        return true;
      }
    }
    return false;
  }

  /** Has every track follow its owner: delayed in the common mix when the owner is far, by the loop less the round trip. */
  static void arrange(List<JamTrack> tracks, List<Member> members, Transport transport) {
    if (!any(members)) {
      for (JamTrack track : tracks) {
        track.past().close();
      }
      return;
    }
    int loop = loopSamples(transport);
    for (JamTrack track : tracks) {
      Member owner = null;
      for (Member member : members) {
        if (member.participantId().equals(track.ownerId())) {
          owner = member;
        }
      }
      double roundTripMs = owner == null ? 0 : owner.steadyLatencyMs(LATENCY_STEP_MS);
      int roundTrip = (int) Math.min(loop, Math.round(roundTripMs * JamSettings.SAMPLE_RATE_HZ / 1000));
      track.past().keep(loop - roundTrip, owner != null && owner.far(), roundTrip);
    }
  }
}
