package dev.cantora.engine.performance;

import dev.cantora.engine.performance.articulation.LinePhoneme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a singer's part down instead of singing it. */
public final class PlanRecorder {

  private PlanRecorder() {}

  /**
   * @param frames length of the render
   * @param timbres of the voice
   */
  public static PlannedSinger record(int index, List<LinePhoneme> phonemes, LineSource source, long frames, int timbres) {
    ControlTrack track = new ControlTrack(timbres);
    source.perform(0, frames, track);
    List<PlannedSpan> spans = new ArrayList<>();
    for (int i = 0; i < track.spans; i++) {
      int from = track.spanStart[i];
      int to = track.spanEnd(i);
      if (to - from > 1) {
        spans.add(new PlannedSpan(Arrays.copyOfRange(track.sample, from, to), Arrays.copyOfRange(track.f0Hz, from, to),
            part(track.level, from, to), part(track.effort, from, to), part(track.breathiness, from, to),
            part(track.tension, from, to), part(track.formantShift, from, to), part(track.growl, from, to),
            part(track.fry, from, to), part(track.whisper, from, to), part(track.pan, from, to),
            part(track.override, from, to), part(track.weights, from * timbres, to * timbres)));
      }
    }
    return new PlannedSinger(index, phonemes, spans);
  }

  private static float[] part(float[] column, int from, int to) {
    return Arrays.copyOfRange(column, from, to);
  }
}
