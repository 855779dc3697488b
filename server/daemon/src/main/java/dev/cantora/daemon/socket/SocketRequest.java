package dev.cantora.daemon.socket;

import dev.cantora.daemon.security.Credentials;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The HTTP request that asked for the upgrade.
 *
 * @param prologue method, path and query
 * @param headers as sent
 * @param peerAddress address of the TCP peer, which may be a proxy
 */
public record SocketRequest(HttpPrologue prologue, Headers headers, String peerAddress) {

  private static final HeaderName SUB_PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");

  /** First value of a query parameter, decoded. */
  public Optional<String> query(String name) {
    return prologue.query().contains(name) ? Optional.of(prologue.query().get(name)) : Optional.empty();
  }

  public Optional<String> header(HeaderName name) {
    return headers.contains(name) ? Optional.of(headers.get(name).get()) : Optional.empty();
  }

  /** The key the client sent, as {@link Credentials#ofSocket} finds it; null when it sent none. */
  public String key() {
    return Credentials.ofSocket(prologue.query().rawValue(), header(HeaderNames.AUTHORIZATION).orElse(null), subProtocols())
        .orElse(null);
  }

  /** Sub-protocols the client offers, in its order. */
  public List<String> subProtocols() {
    if (!headers.contains(SUB_PROTOCOL)) {
      return List.of();
    }
    return headers.get(SUB_PROTOCOL).allValues().stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
