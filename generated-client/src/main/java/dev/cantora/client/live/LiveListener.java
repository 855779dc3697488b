package dev.cantora.client.live;

import dev.cantora.api.live.HelloAck;
import dev.cantora.api.live.LiveServerMessage;
import dev.cantora.client.socket.AudioFrame;

/** Receives what a live session sends, on a thread of the HTTP client; return quickly. */
public interface LiveListener {

  /** A block of audio; frames keep coming while the transport plays. */
  default void onFrame(AudioFrame frame) {}

  /** Any message, those of {@link #onReady} included. */
  default void onMessage(LiveServerMessage message) {}

  /** The session stands, for the first time or again after a reconnect. */
  default void onReady(HelloAck session) {}

  /** The connection is over. @param reconnecting whether the session will try to come back */
  default void onClosed(int code, String reason, boolean reconnecting) {}
}
