package dev.cantora.daemon.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;

/** Answers whose body is at hand. */
final class WholeAnswer {
  private WholeAnswer() {}

  /**
   * Sends status, headers and body.
   *
   * @throws CloseConnectionException when the client has left, which is no error of the daemon's
   */
  static void send(ServerResponse response, byte[] body) {
    try {
      response.send(body);
    } catch (UncheckedIOException left) {
      throw new CloseConnectionException("the client left", left);
    }
  }
}
