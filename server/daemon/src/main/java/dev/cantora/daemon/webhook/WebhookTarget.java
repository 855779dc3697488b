package dev.cantora.daemon.webhook;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Where a message goes: host and path as the caller gave them, and the one address that was checked and is connected to,
 * so that a name cannot lead elsewhere between check and connection.
 */
record WebhookTarget(URI uri, InetAddress address, int port, boolean tls) {

  /**
   * @param allowedHosts hosts in lower case that may be private and without TLS
   * @throws ApiException WEBHOOK_REFUSED
   */
  static WebhookTarget of(String url, Set<String> allowedHosts, HostAddresses addresses) {
    URI uri = parsed(url);
    String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    boolean allowed = allowedHosts.contains(host);
    if (!tls && !allowed) {
      throw refused("must use https");
    }
    InetAddress[] all;
    try {
      all = addresses.of(host);
    } catch (UnknownHostException unknown) {
      throw refused("has a host that cannot be found");
    }
    if (!allowed && !Arrays.stream(all).allMatch(PublicAddresses::contain)) {
      throw refused("has a host that is not in the public internet");
    }
    return new WebhookTarget(uri, all[0], uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80, tls);
  }

  private static URI parsed(String url) {
    try {
      URI uri = new URI(url);
      boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null || uri.getPort() > 65535) {
        throw refused("must be an http or https URL with a host, and without credentials and fragment");
      }
      return uri;
    } catch (URISyntaxException broken) {
      throw refused("is no URL");
    }
  }

  static ApiException refused(String problem) {
    return ApiException.builder(ErrorCode.WEBHOOK_REFUSED).message("The webhook's URL " + problem + ".").detail("reason", problem).build();
  }

  String pathAndQuery() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
