package dev.cantora.daemon.live;

import dev.cantora.api.live.LiveServerMessage;
import dev.cantora.daemon.socket.FrameQueue;

/** The way back to the client. Nothing here waits. */
interface LiveOutput {

  void send(LiveServerMessage message);

  /** Sends behind the audio published so far. */
  void sendAfterFrames(LiveServerMessage message);

  /**
   * Hands over telemetry, to be sent soon.
   *
   * @param framesFlow whether a frame that it can go with comes within a block
   * @return the report before it, if that was not sent and now never will be, or null
   */
  TelemetryReport report(TelemetryReport report, boolean framesFlow);

  /** Audio comes from this queue from now on. */
  void frames(FrameQueue queue);

  /** A frame was published. */
  void frameReady();

  /** Ends the connection. */
  void close(int code, String reason);
}
