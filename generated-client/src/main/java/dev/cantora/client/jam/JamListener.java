package dev.cantora.client.jam;

import dev.cantora.api.jam.JamServerMessage;
import dev.cantora.client.socket.AudioFrame;

/** Receives what a jam sends, on a thread of the HTTP client; return quickly. */
public interface JamListener {

  default void onFrame(AudioFrame frame) {}

  default void onMessage(JamServerMessage message) {}

  default void onClosed(int code, String reason) {}
}
