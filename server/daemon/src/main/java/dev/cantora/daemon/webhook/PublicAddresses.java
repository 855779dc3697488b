package dev.cantora.daemon.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Which addresses lie in the public internet (IANA's special-purpose registries, RFC 6890 and its successors). */
final class PublicAddresses {
  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
        || address.isSiteLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    byte[] b = address.getAddress();
    int first = b[0] & 0xFF;
    int second = b[1] & 0xFF;
    if (address instanceof Inet4Address) {
      return !(first == 0 || first >= 240 || first == 100 && (second & 0xC0) == 64 || first == 198 && (second & 0xFE) == 18
          || first == 192 && second == 0 && (b[2] == 0 || b[2] == 2) || first == 198 && second == 51 && (b[2] & 0xFF) == 100
          || first == 203 && second == 0 && (b[2] & 0xFF) == 113);
    }
    boolean global = (first & 0xE0) == 0x20; // 2000::/3; the rest is local, mapped, translated or reserved
    boolean tunnel = first == 0x20 && (second == 0x02 || second == 0x01 && b[2] == 0 && b[3] == 0); // 6to4 and Teredo hold IPv4
    boolean documentation = first == 0x20 && second == 0x01 && (b[2] & 0xFF) == 0x0D && (b[3] & 0xFF) == 0xB8;
    return global && !tunnel && !documentation;
  }
}
