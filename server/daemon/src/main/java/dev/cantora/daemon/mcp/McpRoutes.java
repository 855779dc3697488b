package dev.cantora.daemon.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.api.McpService;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.json.Json;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON-RPC 2.0 of the Model Context Protocol. */
public final class McpRoutes extends McpService {
  private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;

  private final String version;
  private final List<String> allowedOrigins;
  private final Map<String, McpTool> tools = new LinkedHashMap<>();

  /** @param version of the daemon @param allowedOrigins origins that browsers may call from */
  public McpRoutes(String version, List<String> allowedOrigins, List<McpTool> tools) {
    this.version = version;
    this.allowedOrigins = allowedOrigins;
    tools.forEach(tool -> this.tools.put(tool.name(), tool));
  }

  @Override
  protected void callMcp(Exchange exchange) {
    requireKnownOrigin(exchange);
    JsonNode message = exchange.body();
    if (!message.has("id") || !message.has("method")) {
      exchange.bytes(202, "application/json", new byte[0]); // a notification, or an answer to what was never asked
      return;
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", message.get("id"));
    JsonNode params = message.path("params");
    switch (message.get("method").asText()) {
      case "initialize" -> answer.put("result", initialize(params));
      case "ping" -> answer.put("result", Map.of());
      case "tools/list" -> answer.put("result", Map.of("tools", tools.values().stream().map(McpTool::description).toList()));
      case "tools/call" -> {
        McpTool tool = tools.get(params.path("name").asText());
        if (tool == null) {
          answer.put("error", Map.of("code", INVALID_PARAMS, "message", "Unknown tool: " + params.path("name").asText()));
        } else {
          answer.put("result", call(tool, params.path("arguments"), exchange));
        }
      }
      default -> answer.put("error", Map.of("code", METHOD_NOT_FOUND, "message", "Method not found"));
    }
    exchange.json(answer);
  }

  private Map<String, Object> initialize(JsonNode params) {
    String asked = params.path("protocolVersion").asText();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("protocolVersion", VERSIONS.contains(asked) ? asked : VERSIONS.getFirst());
    result.put("capabilities", Map.of("tools", Map.of("listChanged", false)));
    result.put("serverInfo", Map.of("name", "cantora", "title", "Cantora singing daemon", "version", version));
    result.put("instructions", "Scores are JSON: bpm, notes with startSec, durationSec and midi, lyrics.text. Validate before you render.");
    return result;
  }

  private static Map<String, Object> call(McpTool tool, JsonNode arguments, Exchange exchange) {
    try {
      return content(tool.call(arguments.isObject() ? arguments : Json.object(), exchange), false);
    } catch (Exception failed) {
      return content(failure(tool, ErrorMapping.map(failed)), true);
    }
  }

  private static Map<String, Object> failure(McpTool tool, ApiException error) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("code", error.code() == ErrorCode.INTERNAL_ERROR ? tool.failureCode() : error.code().name());
    told.put("message", error.getMessage());
    told.put("hint", error.hint());
    if (error.topLevel().containsKey("issues")) {
      told.put("issues", error.topLevel().get("issues"));
    }
    if (error.topLevel().containsKey("available")) {
      told.put("available_presets", error.topLevel().get("available"));
    }
    return Map.of("ok", false, "error", told);
  }

  private static Map<String, Object> content(Map<String, Object> answer, boolean isError) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("content", List.of(Map.of("type", "text", "text", Json.text(answer))));
    result.put("isError", isError);
    return result;
  }

  /** A page that a browser was tricked into loading must not reach a daemon at home: the protocol asks for this check. */
  private void requireKnownOrigin(Exchange exchange) {
    String origin = exchange.header("Origin").orElse(null);
    if (origin == null || allowedOrigins.contains(origin)) {
      return;
    }
    boolean own = false;
    try {
      own = exchange.header("Host").orElse("").equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException notAnOrigin) {
      // refused below
    }
    if (!own) {
      throw new ApiException(ErrorCode.FORBIDDEN, "This origin may not use the agents' endpoint.");
    }
  }
}
