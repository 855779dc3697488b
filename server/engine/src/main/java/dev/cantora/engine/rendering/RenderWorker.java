package dev.cantora.engine.rendering;

import dev.cantora.engine.numeric.SplitMix64;
import dev.cantora.engine.performance.ControlTrack;
import dev.cantora.engine.performance.LinePerformer;
import dev.cantora.engine.performance.SingerLine;
import dev.cantora.engine.performance.articulation.Articulator;
import dev.cantora.engine.synthesis.SingerSynth;
import dev.cantora.engine.synthesis.SynthesisTables;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What one thread needs to sing chunks of a render: a synthesiser, and for every singer a track and a mouth. */
final class RenderWorker {

  private final RenderPlan plan;
  private final SingerSynth synth;
  private final Articulator[] mouths;
  private final ControlTrack[] tracks;
  private final long[] seeds;

  RenderWorker(RenderPlan plan, SynthesisTables tables) {
    this.plan = plan;
    List<SingerLine> lines = plan.lines();
    int timbres = plan.voice().timbres().size();
    synth = tables.singer(plan.voice().grid(), timbres, plan.sampleRateHz());
    mouths = new Articulator[lines.size()];
    tracks = new ControlTrack[lines.size()];
    seeds = new long[lines.size()];
    for (int i = 0; i < lines.size(); i++) {
      mouths[i] = plan.voice().articulate(lines.get(i).phonemes());
      tracks[i] = new ControlTrack(timbres);
      seeds[i] = SplitMix64.at(plan.config().rngSeed() + (long) lines.get(i).index(), 0);
    }
  }

  /** Writes the control points of a chunk; called for chunks in order, by one thread at a time. */
  void perform(LinePerformer[] performers, long from, long to) {
    for (int i = 0; i < performers.length; i++) {
      performers[i].perform(from, to, tracks[i]);
    }
  }

  /** Sings what {@link #perform} wrote. @param stopped asked between singers; true leaves the rest out */
  void sing(long from, Chunk chunk, BooleanSupplier stopped) {
    for (int i = 0; i < tracks.length && !stopped.getAsBoolean(); i++) {
      synth.sing(tracks[i], mouths[i], seeds[i], from, chunk.mix);
      Thread.yield(); // a live audio thread that waits for a core gets this one
    }
    chunk.finish();
  }

  LinePerformer[] performers() {
    List<SingerLine> lines = plan.lines();
    LinePerformer[] performers = new LinePerformer[lines.size()];
    for (int i = 0; i < performers.length; i++) {
      performers[i] = new LinePerformer(lines.get(i), plan.controls(lines.get(i)), plan.sampleRateHz(), plan.config().rngSeed());
    }
    return performers;
  }
}
