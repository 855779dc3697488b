package dev.cantora.daemon.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.json.Json;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** An answer of the daemon. */
public record Reply(int status, HttpHeaders headers, byte[] body) {

  public JsonNode json() {
    return Json.parse(body);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** First value of a header, or null. */
  public String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /** The envelope's code, or empty. */
  public String code() {
    return body.length == 0 ? "" : json().path("code").asText();
  }

  public String requestId() {
    return header("X-Request-Id");
  }

  @Override
  public String toString() {
    return status + " " + headers.map() + "\n" + (body.length > 2000 ? body.length + " bytes" : text());
  }
}
