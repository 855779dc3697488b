package dev.cantora.daemon.socket;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The addresses of both ends of a connection, to know its descriptor by. For one thread. */
final class SocketNames {

  private static final FunctionDescriptor SHAPE = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
      ValueLayout.ADDRESS, ValueLayout.ADDRESS);
  private static final MethodHandle OWN_NAME = SystemSocket.link("getsockname", SHAPE);
  private static final MethodHandle PEER_NAME = SystemSocket.link("getpeername", SHAPE);
  private static final ValueLayout.OfShort NETWORK_ORDER = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  /** Room for a {@code sockaddr_storage}. */
  private static final int ADDRESS_BYTES = 128;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private final InetSocketAddress own;
  private final InetSocketAddress peer;
  private final MemorySegment address;
  private final MemorySegment length;

  SocketNames(Arena arena, InetSocketAddress own, InetSocketAddress peer) {
    this.own = own;
    this.peer = peer;
    address = arena.allocate(ADDRESS_BYTES, Long.BYTES);
    length = arena.allocate(ValueLayout.JAVA_INT);
  }

  /** Whether a descriptor is a socket with these ends. */
  boolean fit(int descriptor) throws Throwable {
    return is(PEER_NAME, descriptor, peer) && is(OWN_NAME, descriptor, own);
  }

  private boolean is(MethodHandle function, int descriptor, InetSocketAddress wanted) throws Throwable {
    length.set(ValueLayout.JAVA_INT, 0, ADDRESS_BYTES);
    if ((int) function.invokeExact(descriptor, address, length) != 0
        || (address.get(NETWORK_ORDER, 2) & 0xFFFF) != wanted.getPort()) {
      return false;
    }
    return switch (address.get(ValueLayout.JAVA_SHORT, 0)) {
      case AF_INET -> isHost(4, IPV4_BYTES, wanted);
      // Java's sockets mostly are of IPv6, and an address of IPv4 is mapped into it
      case AF_INET6 -> isHost(8, IPV6_BYTES, wanted);
      default -> false;
    };
  }

  private boolean isHost(int from, int bytes, InetSocketAddress wanted) {
    byte[] host = wanted.getAddress().getAddress();
    byte[] found = address.asSlice(from, bytes).toArray(ValueLayout.JAVA_BYTE);
    int lead = bytes - host.length;
    return lead >= 0 && Arrays.equals(found, lead, bytes, host, 0, host.length) && (lead == 0 || isMapped(found));
  }

  private static boolean isMapped(byte[] found) {
    for (int i = 0; i < 10; i++) {
      if (found[i] != 0) {
        return false;
      }
    }
    return found[10] == -1 && found[11] == -1;
  }
}
