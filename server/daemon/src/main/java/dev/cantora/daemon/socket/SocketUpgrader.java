package dev.cantora.daemon.socket;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Turns HTTP requests for the registered paths into {@link SocketConnection}s (RFC 6455 section 4.2). Other paths stay
 * with HTTP routing. One instance serves both spellings of the upgrade token, since Helidon compares it exactly.
 */
public final class SocketUpgrader implements Http1Upgrader {

  /** A text message of more bytes ends the connection with 1009. */
  public static final int MAX_MESSAGE_BYTES = 64 * 1024;

  private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
  private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
  private static final HeaderName UPGRADE_ID = HeaderNames.create("X-Request-Id");
  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String SECRET_PROTOCOL = "bearer.";

  private final Map<String, SocketEndpoint> endpoints;
  private final Heartbeat heartbeat;
  private final SystemSockets systemSockets = new SystemSockets();
  private final Function<Headers, String> requestIds;

  /**
   * @param endpoints by exact path
   * @param requestIds the id of a request, sent back as {@code X-Request-Id}
   */
  public SocketUpgrader(Map<String, SocketEndpoint> endpoints, Heartbeat heartbeat, Function<Headers, String> requestIds) {
    this.endpoints = Map.copyOf(endpoints);
    this.heartbeat = heartbeat;
    this.requestIds = requestIds;
  }

  /** Does beforehand what is slow the first time. Not for virtual threads. */
  public void prepare() {
    systemSockets.prepare();
  }

  @Override
  public String supportedProtocol() {
    return "websocket";
  }

  @Override
  public ServerConnection upgrade(ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    SocketEndpoint endpoint = endpoints.get(prologue.uriPath().rawPath());
    if (endpoint == null) {
      return null;
    }
    requireHandshake(prologue, headers);
    SocketRequest request = new SocketRequest(prologue, headers, context.remotePeer().host());
    StringBuilder answer = new StringBuilder(256)
        .append("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ")
        .append(accept(headers.get(KEY).get()))
        .append("\r\n");
    // a token may ride in as a sub-protocol; it is never the one that is chosen, so never echoed
    request.subProtocols().stream().filter(offered -> !offered.startsWith(SECRET_PROTOCOL)).findFirst()
        .ifPresent(chosen -> answer.append("Sec-WebSocket-Protocol: ").append(chosen).append("\r\n"));
    answer.append(UPGRADE_ID.defaultCase()).append(": ").append(requestIds.apply(headers)).append("\r\n\r\n");
    context.dataWriter().writeNow(BufferData.create(answer.toString().getBytes(StandardCharsets.US_ASCII)));
    return new SocketConnection(context, request, endpoint, heartbeat, systemSockets, MAX_MESSAGE_BYTES);
  }

  private static void requireHandshake(HttpPrologue prologue, WritableHeaders<?> headers) {
    if (!prologue.method().text().equals("GET") || !hasUpgradeToken(headers) || !hasKey(headers)) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .message("Not a WebSocket handshake")
          .build();
    }
    if (!headers.contains(VERSION) || !headers.get(VERSION).get().equals("13")) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.OTHER)
          .status(Status.UPGRADE_REQUIRED_426)
          .header(HeaderValues.create(VERSION, "13"))
          .message("WebSocket version 13 is required")
          .build();
    }
  }

  private static boolean hasUpgradeToken(WritableHeaders<?> headers) {
    return headers.contains(HeaderNames.CONNECTION) && headers.get(HeaderNames.CONNECTION).allValues().stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .anyMatch(value -> value.strip().equalsIgnoreCase("upgrade"));
  }

  private static boolean hasKey(WritableHeaders<?> headers) {
    if (!headers.contains(KEY)) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(headers.get(KEY).get()).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1")
          .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
