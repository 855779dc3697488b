package dev.cantora.engine;

import dev.cantora.engine.audio.TanhLimiter;
import dev.cantora.engine.live.LiveChoir;
import dev.cantora.engine.live.LiveDesks;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Short renders and live phrases over and over, until three in a row are no faster than the best before or time is up. */
final class WarmUp {

  private static final int PATIENCE = 3;
  private static final int BLOCK = 512;
  private static final int BLOCKS = 94;
  private static final double BETTER = 0.9;

  private final Renderer renderer;
  private final LiveDesks desks;
  private final Voice voice;

  WarmUp(Renderer renderer, LiveDesks desks, Voice voice) {
    this.renderer = renderer;
    this.desks = desks;
    this.voice = voice;
  }

  void run(long mostMs) {
    long deadlineNs = System.nanoTime() + mostMs * 1_000_000;
    long best = Long.MAX_VALUE;
    int since = 0;
    while (since < PATIENCE && System.nanoTime() < deadlineNs && !Thread.currentThread().isInterrupted()) {
      long start = System.nanoTime();
      render(deadlineNs);
      play(deadlineNs);
      long took = System.nanoTime() - start;
      since = took < BETTER * best ? 0 : since + 1;
      best = Math.min(best, took);
    }
  }

  private void render(long deadlineNs) {
    RenderMonitor untilDeadline = new RenderMonitor() {
      @Override
      public boolean cancelled() {
        return System.nanoTime() > deadlineNs;
      }
    };
    try {
      renderer.render(score(), voice, new RenderConfig(1024, 1, null, 4, 1, 0, 0.3), untilDeadline, (samples, frames) -> {});
    } catch (EngineException e) {
      if (e.fault() != EngineException.Fault.RENDER_CANCELLED) {
        throw e;
      }
    } catch (IOException e) {
      throw new IllegalStateException("the sink writes nowhere", e);
    }
  }

  /** A second of chords in blocks, with the controllers moving. */
  private void play(long deadlineNs) {
    LiveVoice live = new LiveChoir(voice, desks, LiveConfig.DEFAULT);
    float[] block = new float[BLOCK];
    for (int n = 0; n < BLOCKS && System.nanoTime() < deadlineNs; n++) {
      if (n % 24 == 0) {
        for (int i = 0; i < 4; i++) {
          live.noteOn(new LiveNote("n" + i, 48 + 5 * i + n / 24, 0.7, null, null, null, 0, List.of(i % 2 == 0 ? "L" : "S", "AA")), 0);
        }
      }
      live.control(LiveVoice.Controller.BEND, 4.0 * n);
      live.render(block, BLOCK);
      TanhLimiter.apply(block, BLOCK);
    }
  }

  private static Score score() {
    List<Note> notes = new ArrayList<>();
    List<TimedPhoneme> phonemes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double start = i / 2 * 0.3;
      String id = "n" + i;
      notes.add(new Note(id, start, 0.3, 48 + 3 * i, 0.7, null, new Vibrato(5.5, 30, 0.1), 0, 0, null, null));
      phonemes.add(new TimedPhoneme(start, 0.06, i % 2 == 0 ? "S" : "N", false, null, 0.5, id));
      phonemes.add(new TimedPhoneme(start + 0.06, 0.24, i % 3 == 0 ? "IY" : "AA", true, null, 1, id));
    }
    return new Score(120, notes, null, phonemes, Lanes.NONE, Map.of());
  }
}
