package dev.cantora.daemon.live;

import dev.cantora.api.live.LiveServerMessage;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.socket.FrameQueue;
import dev.cantora.daemon.socket.SocketConnection;

/** A session's way back over its WebSocket. */
final class ConnectionOutput implements LiveOutput, Reporter.Desk {

  private enum Due { NOTHING, WITH_FRAME, AT_ONCE }

  private final SocketConnection connection;
  private volatile Due due = Due.NOTHING;

  ConnectionOutput(SocketConnection connection) {
    this.connection = connection;
  }

  @Override
  public void send(LiveServerMessage message) {
    connection.send(() -> Json.bytes(message));
  }

  @Override
  public void sendAfterFrames(LiveServerMessage message) {
    connection.sendAfterFrames(() -> Json.bytes(message));
  }

  @Override
  public TelemetryReport report(TelemetryReport report, boolean framesFlow) {
    TelemetryReport replaced = (TelemetryReport) connection.report(report);
    due = framesFlow ? Due.WITH_FRAME : Due.AT_ONCE;
    return replaced;
  }

  @Override
  public void encode() {
    Due now = due;
    if (now != Due.NOTHING) {
      due = Due.NOTHING;
      connection.encodeReport(now == Due.AT_ONCE);
    }
  }

  @Override
  public void frames(FrameQueue queue) {
    connection.frames(queue);
  }

  @Override
  public void frameReady() {
    connection.frameReady();
  }

  @Override
  public void close(int code, String reason) {
    connection.close(code, reason);
  }
}
