package dev.cantora.daemon.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whose forwarding headers are believed. The client is the first address, counted from our end of the chain, that is not
 * a trusted proxy, so a client can put whatever it likes in front without being believed.
 *
 * @param maxHops proxies believed by count, whoever they are (0 when only networks count)
 * @param networks proxies believed by address
 */
public record TrustedProxies(int maxHops, List<Network> networks) {

  /** Loopback only: a proxy on the same host. */
  public static final TrustedProxies LOOPBACK =
      new TrustedProxies(0, List.of(Network.parse("127.0.0.0/8"), Network.parse("::1/128")));

  private static final List<String> PRIVATE =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "169.254.0.0/16", "fe80::/10");

  public TrustedProxies {
    networks = List.copyOf(networks);
  }

  /**
   * {@code true} trusts the one proxy in front, a number that many, {@code false} or {@code 0} none; else a comma list of
   * addresses and CIDR ranges, with {@code loopback} and {@code private} as short names.
   *
   * @throws IllegalArgumentException with the reason
   */
  public static TrustedProxies parse(String text) {
    if (text.equalsIgnoreCase("true")) {
      return new TrustedProxies(1, List.of());
    }
    if (text.equalsIgnoreCase("false")) {
      return new TrustedProxies(0, List.of());
    }
    if (text.matches("\\d+")) {
      if (text.length() > 2) {
        throw new IllegalArgumentException("names more hops than the 99 that are believed");
      }
      return new TrustedProxies(Integer.parseInt(text), List.of());
    }
    List<Network> networks = new ArrayList<>();
    for (String item : text.split(",")) {
      switch (item.strip()) {
        case "" -> { }
        case "loopback" -> networks.addAll(LOOPBACK.networks);
        case "private", "uniquelocal", "linklocal" -> PRIVATE.forEach(each -> networks.add(Network.parse(each)));
        default -> networks.add(Network.parse(item.strip()));
      }
    }
    return new TrustedProxies(0, networks);
  }

  /** @param hop 0 for the peer of the TCP connection, 1 for the address it reports, and so on */
  public boolean trusts(InetAddress address, int hop) {
    return hop < maxHops || networks.stream().anyMatch(network -> network.contains(address));
  }

  /** A range of addresses. */
  public record Network(InetAddress base, int prefixBits) {

    static Network parse(String text) {
      int slash = text.indexOf('/');
      InetAddress base = literal(slash < 0 ? text : text.substring(0, slash));
      int bits = base.getAddress().length * 8;
      if (slash < 0) {
        return new Network(base, bits);
      }
      String prefix = text.substring(slash + 1);
      if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits) {
        throw new IllegalArgumentException("has a bad prefix length in '" + text + "'");
      }
      return new Network(base, Integer.parseInt(prefix));
    }

    boolean contains(InetAddress address) {
      byte[] mine = base.getAddress();
      byte[] theirs = address.getAddress();
      if (mine.length != theirs.length) {
        return false;
      }
      int whole = prefixBits / 8;
      if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
        return false;
      }
      int rest = prefixBits % 8;
      int mask = 0xFF << (8 - rest);
      return rest == 0 || (mine[whole] & mask) == (theirs[whole] & mask);
    }
  }

  /**
   * An address written in digits. Names are refused, so no lookup ever happens.
   *
   * @throws IllegalArgumentException when it is not an address
   */
  public static InetAddress literal(String text) {
    boolean v4 = text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    boolean v6 = text.indexOf(':') >= 0 && text.matches("[0-9A-Fa-f:.]{2,45}");
    if (v4 || v6) {
      try {
        return InetAddress.getByName(text);
      } catch (UnknownHostException notAnAddress) {
        // falls through to the refusal
      }
    }
    throw new IllegalArgumentException("has '" + text.replaceAll("\\p{Cntrl}", "?") + "', which is not an address");
  }
}
