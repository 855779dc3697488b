package dev.cantora.engine.live;

import dev.cantora.engine.performance.ControlTrack;
import dev.cantora.engine.synthesis.Mix;
import dev.cantora.engine.synthesis.SynthesisTables;
import dev.cantora.engine.voice.SpectralGrid;
import dev.cantora.engine.voice.Voice;
import java.util.concurrent.ConcurrentHashMap;

/** The desks of all live choirs, by what they depend on. Thread-safe. */
public final class LiveDesks {

  /** Greatest number of frames mixed at once. */
  static final int MOST_FRAMES = 2048;

  private record Kind(SpectralGrid grid, int timbres, int sampleRateHz, int channels) {}

  private final SynthesisTables tables;
  private final ConcurrentHashMap<Kind, DeskShelf> shelves = new ConcurrentHashMap<>();

  public LiveDesks(SynthesisTables tables) {
    this.tables = tables;
  }

  DeskShelf shelf(Voice voice, int sampleRateHz, int channels) {
    return shelves.computeIfAbsent(new Kind(voice.grid(), voice.timbres().size(), sampleRateHz, channels), kind -> {
      DeskShelf shelf = new DeskShelf(() -> desk(kind));
      shelf.putBack(desk(kind)); // also makes what the rate needs, which takes too long for an audio thread
      return shelf;
    });
  }

  private Desk desk(Kind kind) {
    return new Desk(tables.singer(kind.grid(), kind.timbres(), kind.sampleRateHz()), new ControlTrack(kind.timbres()),
        new Mix(kind.channels(), MOST_FRAMES));
  }
}
