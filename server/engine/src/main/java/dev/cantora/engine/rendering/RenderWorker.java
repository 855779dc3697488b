package dev.cantora.engine.rendering;

import dev.cantora.engine.numeric.SplitMix64;
import dev.cantora.engine.performance.ControlTrack;
import dev.cantora.engine.performance.LineSource;
import dev.cantora.engine.performance.articulation.Articulator;
import dev.cantora.engine.synthesis.Reached;
import dev.cantora.engine.synthesis.SingerSynth;
import dev.cantora.engine.synthesis.SynthesisTables;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What one thread needs to sing chunks of a render: a synthesiser, and for every singer a track and a mouth. */
final class RenderWorker {

  private final RenderPlan plan;
  private final SingerSynth synth;
  private final Reached reached;
  private final Articulator[] mouths;
  private final ControlTrack[] tracks;
  private final long[] seeds;

  RenderWorker(RenderPlan plan, SynthesisTables tables) {
    this.plan = plan;
    List<RenderPlan.Part> parts = plan.parts();
    int timbres = plan.voice().timbres().size();
    synth = tables.singer(plan.voice().grid(), timbres, plan.sampleRateHz());
    reached = new Reached(plan.voice().grid());
    mouths = new Articulator[parts.size()];
    tracks = new ControlTrack[parts.size()];
    seeds = new long[parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      tracks[i] = new ControlTrack(timbres);
      seeds[i] = SplitMix64.at(plan.config().rngSeed() + (long) parts.get(i).index(), 0);
    }
  }

  /** Makes the mouths, once: long scores take a while, so every worker does it on its own thread, not the one that starts them. */
  void prepare() {
    for (int i = 0; i < mouths.length && mouths[i] == null; i++) {
      mouths[i] = plan.voice().articulate(plan.parts().get(i).phonemes());
    }
  }

  /** Writes the control points of a chunk; called for chunks in order, by one thread at a time. */
  void perform(LineSource[] performers, long from, long to) {
    for (int i = 0; i < performers.length; i++) {
      performers[i].perform(from, to, tracks[i]);
    }
  }

  /** Sings what {@link #perform} wrote. @param stopped asked between singers; true leaves the rest out */
  void sing(long from, Chunk chunk, BooleanSupplier stopped) {
    for (int i = 0; i < tracks.length && !stopped.getAsBoolean(); i++) {
      synth.sing(tracks[i], mouths[i], seeds[i], from, chunk.mix, reached);
      Thread.yield(); // a live audio thread that waits for a core gets this one
    }
    chunk.finish();
  }

  LineSource[] performers() {
    return plan.parts().stream().map(part -> part.source().get()).toArray(LineSource[]::new);
  }
}
