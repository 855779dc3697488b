package dev.cantora.daemon.bank;

import java.io.IOException;
import java.io.OutputStream;

/** The audio of a draft, read while it is written. Goes on to the end when the draft becomes a render meanwhile. */
public interface GrowingAudio extends AutoCloseable {

  /**
   * Copies everything from the first byte to the last, as it comes. The last byte comes when the draft has become a render: who
   * has it all may ask for the render.
   *
   * @throws IOException when the draft was given up, or the reader is gone
   */
  void copyTo(OutputStream out) throws IOException, InterruptedException;

  @Override
  void close();
}
