package dev.cantora.engine.synthesis;

import dev.cantora.engine.voice.SpectralGrid;

/** Where a singer's sound stands at the end of a track: the gains, and the frame of a mouth that holds still. */
public final class Reached {

  SourceGains gains = new SourceGains();
  final FrameSource frames;

  /** Silence. @param grid of the voice that sings */
  public Reached(SpectralGrid grid) {
    frames = new FrameSource(grid);
  }

  /** Reads a value of every cache line of it, so that they are near when they are needed. Means nothing. */
  public float fetch() {
    return gains.fetch() + frames.fetch();
  }

  /** To be called when a mouth was told something new between two tracks. */
  public void mouthChanged() {
    frames.restart();
  }
}
