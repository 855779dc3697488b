package dev.cantora.engine.audio;

import java.io.IOException;

/** Finished audio that can be read from its beginning, more than once. */
public interface Pcm {

  int channels();

  int sampleRateHz();

  /** Samples per channel. */
  long frames();

  /** Begins to read. */
  Reader open() throws IOException;

  /** Reads forwards. */
  interface Reader extends AutoCloseable {

    /**
     * Reads interleaved samples into the array from index 0.
     *
     * @param frames at most; fewer come only at the end
     * @return frames read, 0 at the end
     */
    int read(float[] interleaved, int frames) throws IOException;

    @Override
    void close() throws IOException;
  }
}
