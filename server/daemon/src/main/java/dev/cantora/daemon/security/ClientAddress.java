package dev.cantora.daemon.security;

import dev.cantora.daemon.config.TrustedProxies;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Works out which address a request comes from when proxies stand in front. */
public final class ClientAddress {
  /** More entries than any real chain of proxies; the rest is somebody's attempt to keep us busy. */
  private static final int MAX_CHAIN = 32;

  private final TrustedProxies trusted;

  public ClientAddress(TrustedProxies trusted) {
    this.trusted = trusted;
  }

  /**
   * Walks the chain from our end while the address at hand is a trusted proxy. Anything unreadable ends the walk at the
   * last address that is known. Where both headers are there and disagree the peer is all that is known: a proxy writes
   * one of them and hands on the other as the client sent it, and which is which cannot be told.
   *
   * @param peer of the TCP connection
   * @param forwarded lines of the Forwarded header (RFC 7239)
   * @param xForwardedFor lines of X-Forwarded-For
   */
  public InetAddress of(InetAddress peer, List<String> forwarded, List<String> xForwardedFor) {
    if (forwarded.isEmpty()) {
      return walk(peer, items(xForwardedFor));
    }
    InetAddress client = walk(peer, forwardedFor(forwarded));
    return xForwardedFor.isEmpty() || client.equals(walk(peer, items(xForwardedFor))) ? client : peer;
  }

  private InetAddress walk(InetAddress peer, List<String> chain) {
    InetAddress client = peer;
    int hop = 0;
    for (int i = chain.size() - 1; i >= 0 && hop < MAX_CHAIN && trusted.trusts(client, hop); i--, hop++) {
      InetAddress before = address(chain.get(i));
      if (before == null) {
        break;
      }
      client = before;
    }
    return client;
  }

  /** Key under which a client is counted: IPv6 clients own whole /64 networks, so those count as one. */
  public static String countingKey(InetAddress address) {
    if (address instanceof Inet6Address) {
      byte[] network = Arrays.copyOf(address.getAddress(), 8);
      StringBuilder key = new StringBuilder("ip6:");
      for (byte b : network) {
        key.append(Character.forDigit((b >> 4) & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
      }
      return key.toString();
    }
    return "ip:" + address.getHostAddress();
  }

  private static List<String> items(List<String> lines) {
    List<String> items = new ArrayList<>();
    lines.forEach(line -> Arrays.stream(line.split(",", -1)).map(String::strip).forEach(items::add));
    return items;
  }

  private static List<String> forwardedFor(List<String> lines) {
    List<String> chain = new ArrayList<>();
    for (String element : items(lines)) {
      String found = "";
      for (String pair : element.split(";")) {
        String trimmed = pair.strip();
        if (trimmed.regionMatches(true, 0, "for=", 0, 4)) {
          found = trimmed.substring(4).strip();
        }
      }
      chain.add(found.length() > 1 && found.startsWith("\"") && found.endsWith("\"")
          ? found.substring(1, found.length() - 1) : found);
    }
    return chain;
  }

  /** Null for names, {@code unknown}, obfuscated nodes and nonsense. */
  private static InetAddress address(String node) {
    String host = node;
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      host = end < 0 ? "" : host.substring(1, end);
    } else if (host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':')) {
      host = host.substring(0, host.indexOf(':'));
    }
    try {
      return TrustedProxies.literal(host);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }
}
