package dev.cantora.daemon.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.JamError;
import dev.cantora.api.jam.JamServerMessage;
import dev.cantora.api.live.ErrorMessage;
import dev.cantora.api.live.LiveServerMessage;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.json.SocketMessages;
import java.util.Map;

/** Holds every text that a socket of the daemon sends against the AsyncAPI document. */
public final class SocketConformance {
  private static final Schemas SCHEMAS = Schemas.load("asyncapi.json", Map.of());
  private static final SocketMessages<LiveServerMessage> LIVE = new SocketMessages<>(LiveServerMessage.class, SCHEMAS);
  private static final SocketMessages<JamServerMessage> JAM = new SocketMessages<>(JamServerMessage.class, SCHEMAS);

  private SocketConformance() {}

  /**
   * A documented message with documented members, and an error only with a code that the catalogue has for this socket.
   *
   * @param path of the socket
   * @throws AssertionError when it is something else
   */
  public static void check(String path, String text) {
    boolean jam = path.startsWith("/ws/jam");
    switch (jam ? JAM.read(text) : LIVE.read(text)) {
      case SocketMessages.Valid<?>(var message) -> {
        JsonNode sent = Json.parse(text);
        // what the document does not name is lost on the way through its types
        demand(Json.parse(Json.text(message)).equals(sent), "undocumented members in " + text);
        switch (message) {
          case ErrorMessage error -> checkError(ErrorCode.Scope.LIVE, error.code(), error.message(), error.hint(), text);
          case JamError error -> checkError(ErrorCode.Scope.JAM, error.code(), error.message(), error.hint(), text);
          default -> { }
        }
      }
      case SocketMessages.Invalid<?>(var issues) -> throw new AssertionError(text + " does not fit the document: " + issues);
      case SocketMessages.NoJson<?>() -> throw new AssertionError("no JSON: " + text);
    }
  }

  private static void checkError(ErrorCode.Scope scope, String code, String message, String hint, String text) {
    ErrorCode known = ErrorCode.of(code).orElseThrow(() -> new AssertionError("unknown code in " + text));
    demand(known.scopes().contains(scope), "the catalogue does not have this code here: " + text);
    demand(message != null && !message.isBlank() && hint != null && !hint.isBlank(), "without message or hint: " + text);
    ErrorProof.assertNoLeak(text);
  }

  private static void demand(boolean fits, String otherwise) {
    if (!fits) {
      throw new AssertionError(otherwise);
    }
  }
}
