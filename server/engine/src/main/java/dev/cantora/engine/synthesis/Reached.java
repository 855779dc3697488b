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

  /** To be called when a mouth was told something new between two tracks. */
  public void mouthChanged() {
    frames.restart();
  }
}
