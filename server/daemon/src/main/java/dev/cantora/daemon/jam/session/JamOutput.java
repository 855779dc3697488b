package dev.cantora.daemon.jam.session;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.JamError;
import dev.cantora.api.jam.JamServerMessage;
import dev.cantora.api.model.Issue;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.socket.FrameQueue;
import dev.cantora.daemon.socket.SocketConnection;
import java.util.List;

/** The way to one participant. Nothing here waits. */
public record JamOutput(SocketConnection connection) {

  private static final int MAX_ISSUES = 5;

  public void send(JamServerMessage message) {
    connection.send(() -> Json.bytes(message));
  }

  /** Sends a message that is the same for all, encoded once. */
  void send(SharedText text) {
    connection.send(text);
  }

  /** Sends unless the peer is behind already. */
  void offer(SharedText text) {
    connection.offer(text);
  }

  public void error(ErrorCode code) {
    error(code, code.message());
  }

  public void error(ErrorCode code, String message) {
    send(JamError.builder().code(code.name()).message(message).hint(code.hint()).build());
  }

  /** INVALID_MESSAGE with its first five issues. */
  public void invalid(List<Issue> issues) {
    send(JamError.builder().code(ErrorCode.INVALID_MESSAGE.name()).message(ErrorCode.INVALID_MESSAGE.message())
        .hint(ErrorCode.INVALID_MESSAGE.hint()).issues(issues.stream().limit(MAX_ISSUES).toList()).build());
  }

  public void invalid(String path, String problem) {
    invalid(List.of(Issue.builder().path(path).message(problem).build()));
  }

  void frames(FrameQueue queue) {
    connection.frames(queue);
  }

  void frameReady() {
    connection.frameReady();
  }

  public void close(int code, String reason) {
    connection.close(code, reason);
  }
}
