package dev.cantora.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The agents' endpoint of a daemon over standard input and output, one JSON-RPC message a line, for agents that start
 * their tools as programs.
 */
@Command(name = "mcp", description = "Speaks the Model Context Protocol on standard input and output for a running daemon.")
final class McpCommand extends ToolCommand {
  private static final int INTERNAL_ERROR = -32603;

  @Option(names = "--url", defaultValue = "${env:CANTORA_URL:-http://localhost:4321}", description = "of the daemon; default: CANTORA_URL or ${DEFAULT-VALUE}")
  private String url;

  @Option(names = "--key", defaultValue = "${env:CANTORA_KEY:-}", description = "default: CANTORA_KEY")
  private String key;

  @Override
  public Integer call() throws IOException {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    URI endpoint = URI.create(url.replaceAll("/+$", "") + "/api/v1/mcp");
    PrintWriter out = spec.commandLine().getOut();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.isBlank()) {
        String answer = ask(http, endpoint, line);
        if (!answer.isEmpty()) {
          out.println(answer);
          out.flush();
        }
      }
    }
    return 0;
  }

  private String ask(HttpClient http, URI endpoint, String message) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).timeout(Duration.ofMinutes(10))
        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(message));
    if (key != null && !key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() < 300 ? response.body() : failure(message, JSON.readTree(response.body()).path("message").asText("no answer"));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "";
    } catch (IOException unreachable) {
      return failure(message, "no answer from " + endpoint);
    }
  }

  /** An error for a request; nothing for a notification. */
  private static String failure(String message, String problem) throws IOException {
    JsonNode id;
    try {
      id = JSON.readTree(message).path("id");
    } catch (IOException notJson) {
      id = JSON.nullNode();
    }
    if (id.isMissingNode()) {
      return "";
    }
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.putObject("error").put("code", INTERNAL_ERROR).put("message", problem);
    return JSON.writeValueAsString(answer);
  }
}
