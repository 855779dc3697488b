package dev.cantora.engine;

import java.io.IOException;

/** Receives a render's samples in order. One thread calls it; a thrown exception ends the render. */
@FunctionalInterface
public interface PcmSink {

  /** @param interleaved {@code frames * channels} samples from index 0, valid only during the call, not normalised */
  void accept(float[] interleaved, int frames) throws IOException;
}
