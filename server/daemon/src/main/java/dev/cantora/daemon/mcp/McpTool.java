package dev.cantora.daemon.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.json.Json;
import java.util.Map;

/**
 * One tool.
 *
 * @param summary for the model that chooses it
 * @param inputSchema JSON Schema of the arguments, as text
 * @param failureCode what failures are called that have no code of the catalogue
 */
public record McpTool(String name, String summary, String inputSchema, String failureCode, Action action) {

  /** What the tool does. */
  @FunctionalInterface
  public interface Action {
    /** @return members of the answer, {@code ok} first */
    Map<String, Object> call(JsonNode arguments, Exchange exchange) throws Exception;
  }

  Map<String, Object> call(JsonNode arguments, Exchange exchange) throws Exception {
    return action.call(arguments, exchange);
  }

  Map<String, Object> description() {
    return Map.of("name", name, "description", summary, "inputSchema", Json.parse(inputSchema));
  }
}
