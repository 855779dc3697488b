package dev.cantora.daemon.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the addresses of a host come from. */
@FunctionalInterface
interface HostAddresses {
  /** As the system resolves names. */
  HostAddresses SYSTEM = InetAddress::getAllByName;

  /** At least one. */
  InetAddress[] of(String host) throws UnknownHostException;
}
