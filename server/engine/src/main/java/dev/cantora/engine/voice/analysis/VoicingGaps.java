package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.units.PhoneClass;
import java.util.List;

/**
 * Frames inside a sonorant that seem unvoiced for a moment are where a recording was pieced together, or where the voice
 * broke: sung slowly they would be gaps. They are led from the voiced frame before them to the one after.
 */
final class VoicingGaps {

  /** Longest gap that is bridged; what lasts longer was meant. */
  private static final int MOST_FRAMES = 4;
  private static final float VOICED = 0.9f;

  private VoicingGaps() {}

  /** The same frames, gaps bridged in place. */
  static SpeechFrames bridge(SpeechFrames frames, List<LabelledSegment> segments) {
    for (LabelledSegment segment : segments) {
      if (PhoneClass.of(segment.phone()).isSonorant()) {
        int from = (int) Math.round(segment.startSec() / SpeechFrames.HOP_SEC);
        int to = (int) Math.min(frames.count(), Math.round(segment.endSec() / SpeechFrames.HOP_SEC));
        bridge(frames, from, to);
      }
    }
    return frames;
  }

  private static void bridge(SpeechFrames frames, int from, int to) {
    int last = -1;
    for (int i = from; i < to; i++) {
      if (frames.voicing()[i] < VOICED) {
        continue;
      }
      if (last >= 0 && i - last > 1 && i - last - 1 <= MOST_FRAMES) {
        for (int gap = last + 1; gap < i; gap++) {
          float part = (float) (gap - last) / (i - last);
          lead(frames.envelope(), last, i, gap, part);
          lead(frames.noise(), last, i, gap, part);
          frames.f0Hz()[gap] = frames.f0Hz()[last] + part * (frames.f0Hz()[i] - frames.f0Hz()[last]);
          frames.voicing()[gap] = 1f;
        }
      }
      last = i;
    }
  }

  private static void lead(float[][] rows, int a, int b, int to, float part) {
    for (int i = 0; i < rows[to].length; i++) {
      rows[to][i] = rows[a][i] + part * (rows[b][i] - rows[a][i]);
    }
  }
}
