package dev.cantora.client.jam;

import dev.cantora.api.jam.JamServerMessage;
import dev.cantora.client.socket.AudioFrame;

/** Receives what a jam sends, on a thread of the HTTP client; return quickly. */
public interface JamListener {

  default void onFrame(AudioFrame frame) {}

  default void onMessage(JamServerMessage message) {}

  /**
   * Back after a broken connection.
   *
   * @param resumed whether this is still the same participant, in its session if it was in one; else join again
   */
  default void onResumed(boolean resumed) {}

  /** The connection is over. @param reconnecting whether it will try to come back */
  default void onClosed(int code, String reason, boolean reconnecting) {}
}
