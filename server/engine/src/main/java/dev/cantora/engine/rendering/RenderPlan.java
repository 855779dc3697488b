package dev.cantora.engine.rendering;

import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.performance.Choir;
import dev.cantora.engine.performance.ScoreControls;
import dev.cantora.engine.performance.SingerLine;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.voice.Voice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a render is going to do, before it does it.
 *
 * @param lines the singers
 * @param frames length of the output, a whole number of blocks
 */
record RenderPlan(Score score, Voice voice, RenderConfig config, int sampleRateHz, List<SingerLine> lines, long frames) {

  static RenderPlan of(Score score, Voice voice, RenderConfig config) {
    ScoreControls.checkTimbres(score, voice, config.defaultTimbre());
    int sampleRateHz = config.sampleRateHz() == 0 ? voice.sampleRateHz() : config.sampleRateHz();
    long blocks = (long) Math.ceil((score.endSec() + config.tailSec()) * sampleRateHz / config.blockSize());
    return new RenderPlan(score, voice, config, sampleRateHz, Choir.cast(score, sampleRateHz, config.maxPolyphony()),
        blocks * config.blockSize());
  }

  ScoreControls controls(SingerLine line) {
    return new ScoreControls(score.lanes(), voice, config.defaultTimbre(), !line.phonemes().isEmpty());
  }

  /** Greatest overlap of note spans; ends come before starts at equal times. */
  int voicesMax() {
    List<double[]> edges = new ArrayList<>();
    for (Note note : score.notes()) {
      edges.add(new double[] {note.startSec(), 1});
      edges.add(new double[] {note.endSec(), -1});
    }
    double[][] sorted = edges.toArray(double[][]::new);
    Arrays.sort(sorted, (a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
    int now = 0;
    int most = 0;
    for (double[] edge : sorted) {
      now += (int) edge[1];
      most = Math.max(most, now);
    }
    return most;
  }
}
