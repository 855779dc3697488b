package dev.cantora.daemon.socket;

import dev.cantora.daemon.config.TrustedProxies;
import dev.cantora.daemon.security.Authenticator;
import dev.cantora.daemon.security.ClientAddress;
import dev.cantora.daemon.security.FailureBrake;
import dev.cantora.daemon.telemetry.Metrics;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.net.InetAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before an endpoint and turns away whoever has no valid key: counted, logged, and slower for those who guess. */
public final class KeyedEndpoint implements SocketEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(KeyedEndpoint.class);
  private static final HeaderName FORWARDED = HeaderNames.create("Forwarded");

  private final SocketEndpoint endpoint;
  private final Authenticator authenticator;
  private final FailureBrake brake;
  private final ClientAddress addresses;
  private final Metrics metrics;

  /** @param brake shared with whatever else the same clients could guess at */
  public KeyedEndpoint(SocketEndpoint endpoint, Authenticator authenticator, FailureBrake brake, TrustedProxies proxies,
      Metrics metrics) {
    this.endpoint = endpoint;
    this.authenticator = authenticator;
    this.brake = brake;
    this.addresses = new ClientAddress(proxies);
    this.metrics = metrics;
  }

  @Override
  public SocketListener open(SocketConnection connection) {
    SocketRequest request = connection.request();
    InetAddress address = addresses.of(InetAddress.ofLiteral(request.peerAddress()), values(request, FORWARDED),
        values(request, HeaderNames.X_FORWARDED_FOR));
    String client = ClientAddress.countingKey(address);
    if (brake.authenticate(authenticator, request.key(), client).isPresent()) {
      return endpoint.open(connection);
    }
    metrics.authFailure();
    brake.failed(client);
    LOG.atWarn().addKeyValue("path", request.prologue().uriPath().rawPath()).addKeyValue("ip", address.getHostAddress())
        .addKeyValue("closeCode", CloseCode.UNAUTHORIZED).log("ws_unauthorized");
    connection.close(CloseCode.UNAUTHORIZED, "Unauthorized");
    return SocketListener.DEAF;
  }

  private static List<String> values(SocketRequest request, HeaderName name) {
    return request.headers().contains(name) ? request.headers().get(name).allValues() : List.of();
  }
}
