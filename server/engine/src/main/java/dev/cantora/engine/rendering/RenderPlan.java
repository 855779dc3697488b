package dev.cantora.engine.rendering;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.performance.Choir;
import dev.cantora.engine.performance.LinePerformer;
import dev.cantora.engine.performance.LineSource;
import dev.cantora.engine.performance.Performance;
import dev.cantora.engine.performance.PlanRecorder;
import dev.cantora.engine.performance.PlannedLine;
import dev.cantora.engine.performance.PlannedSinger;
import dev.cantora.engine.performance.ScoreControls;
import dev.cantora.engine.performance.SingerLine;
import dev.cantora.engine.performance.UnisonParts;
import dev.cantora.engine.performance.articulation.LinePhoneme;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.voice.Voice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a render is going to do, before it does it.
 *
 * @param parts the singers
 * @param frames length of the output, a whole number of blocks
 */
record RenderPlan(Score score, Voice voice, RenderConfig config, int sampleRateHz, List<Part> parts, long frames) {

  /**
   * One singer.
   *
   * @param index picks the singer's own noise from the seed
   * @param source makes the singer's controls, from the beginning each time
   */
  record Part(int index, List<LinePhoneme> phonemes, Supplier<LineSource> source) {}

  static RenderPlan of(Score score, Voice voice, RenderConfig config) {
    ScoreControls.checkTimbres(score, voice, config.defaultTimbre());
    int rate = sampleRateHz(voice, config);
    List<Part> parts = new ArrayList<>();
    int singers = config.unison().singers();
    float gain = (float) (1 / Math.sqrt(singers));
    for (int member = 0; member < singers; member++) {
      Score part = UnisonParts.part(score, config.unison(), member, config.rngSeed());
      for (SingerLine line : Choir.cast(part, rate, config.maxPolyphony(), member * config.maxPolyphony())) {
        parts.add(new Part(line.index(), line.phonemes(), () -> new LinePerformer(line,
            new ScoreControls(part.lanes(), voice, config.defaultTimbre(), !line.phonemes().isEmpty()), rate,
            config.rngSeed(), gain)));
      }
    }
    return new RenderPlan(score, voice, config, rate, List.copyOf(parts), frames(score, config, rate));
  }

  /** As {@link #of(Score, Voice, RenderConfig)}, with controls that were planned before. */
  static RenderPlan of(Score score, Voice voice, RenderConfig config, Performance performance) {
    ScoreControls.checkTimbres(score, voice, config.defaultTimbre());
    int rate = sampleRateHz(voice, config);
    if (performance.sampleRateHz() != rate) {
      throw new EngineException(Fault.INVALID_BODY, "The plan was made for " + performance.sampleRateHz()
          + " Hz, the render has " + rate + ".", "score.plan.sampleRateHz", Map.of());
    }
    int timbres = voice.timbres().size();
    List<Part> parts = performance.singers().stream().map(singer -> new Part(singer.index(), singer.phonemes(),
        (Supplier<LineSource>) () -> new PlannedLine(singer, rate, timbres))).toList();
    return new RenderPlan(score, voice, config, rate, parts, frames(score, config, rate));
  }

  private static int sampleRateHz(Voice voice, RenderConfig config) {
    return config.sampleRateHz() == 0 ? voice.sampleRateHz() : config.sampleRateHz();
  }

  private static long frames(Score score, RenderConfig config, int sampleRateHz) {
    long blocks = (long) Math.ceil((score.endSec() + config.tailSec()) * sampleRateHz / config.blockSize());
    return blocks * config.blockSize();
  }

  /** All controls of all singers, written down. */
  Performance performance() {
    List<PlannedSinger> singers = parts.stream().map(part -> PlanRecorder.record(part.index(), part.phonemes(),
        part.source().get(), frames, voice.timbres().size())).toList();
    return new Performance(sampleRateHz, singers);
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
