package dev.cantora.daemon.socket;

import io.helidon.common.socket.HelidonSocket;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection's socket as Linux knows it, through a descriptor of its own. Java's sockets can only be written to by a thread
 * that may have to wait; send(2) with MSG_DONTWAIT does not. The descriptor is found by the connection's two addresses among
 * those of this process, and duplicated, so that its number means this connection until it is closed here.
 */
final class SystemSocket implements EagerWriter {

  private static final Logger LOG = LoggerFactory.getLogger(SystemSocket.class);
  private static final File DESCRIPTORS = new File("/proc/self/fd");
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int ADDRESS_BYTES = 128;
  private static final int CHUNK_BYTES = 8 * 1024;
  private static final ValueLayout.OfShort NETWORK_ORDER = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Linked when the first connection needs it. */
  private static final class Native {
    static final MethodHandle SEND = link("send", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    static final MethodHandle OWN_NAME = link("getsockname", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    static final MethodHandle PEER_NAME = link("getpeername", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    static final MethodHandle FCNTL = link("fcntl", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), Linker.Option.firstVariadicArg(2));
    static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
      Linker linker = Linker.nativeLinker();
      SymbolLookup library = linker.defaultLookup();
      return linker.downcallHandle(library.findOrThrow(name), shape, options);
    }
  }

  private final int descriptor;
  private final MemorySegment chunk = Arena.ofAuto().allocate(CHUNK_BYTES);
  private boolean closed;

  private SystemSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Another way to write to a connection, or {@link EagerWriter#NONE} where there is none. */
  static EagerWriter of(HelidonSocket socket) {
    if (!DESCRIPTORS.isDirectory() || socket.isSecure()) {
      return NONE;
    }
    try {
      return find((InetSocketAddress) socket.localPeer().address(), (InetSocketAddress) socket.remotePeer().address());
    } catch (Throwable unexpected) {
      LOG.warn("socket_not_found", unexpected);
      return NONE;
    }
  }

  private static EagerWriter find(InetSocketAddress own, InetSocketAddress peer) throws Throwable {
    String[] names = DESCRIPTORS.list();
    if (names == null) {
      return NONE;
    }
    try (Arena arena = Arena.ofConfined()) {
      Names wanted = new Names(arena, bytes(own), bytes(peer));
      for (String name : names) {
        int candidate = Integer.parseInt(name);
        if (!wanted.fit(candidate)) {
          continue;
        }
        int duplicate = (int) Native.FCNTL.invokeExact(candidate, F_DUPFD_CLOEXEC, 0);
        if (duplicate >= 0) {
          // asked again: the number may have come to mean another socket just before it was duplicated
          if (wanted.fit(duplicate)) {
            return new SystemSocket(duplicate);
          }
          int ignored = (int) Native.CLOSE.invokeExact(duplicate);
        }
      }
    }
    return NONE;
  }

  @Override
  public synchronized int write(byte[] bytes, int length) {
    int done = 0;
    while (done < length && !closed) {
      int some = Math.min(CHUNK_BYTES, length - done);
      MemorySegment.copy(bytes, done, chunk, ValueLayout.JAVA_BYTE, 0, some);
      long taken = send(some);
      done += (int) Math.max(0, taken);
      if (taken < some) {
        break;
      }
    }
    return done;
  }

  private long send(int length) {
    try {
      return (long) Native.SEND.invokeExact(descriptor, chunk, (long) length, MSG_DONTWAIT | MSG_NOSIGNAL);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      int ignored = (int) Native.CLOSE.invokeExact(descriptor);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Port and address, those of IPv4 mapped to IPv6. */
  private static byte[] bytes(InetSocketAddress address) {
    byte[] all = new byte[2 + 16];
    all[0] = (byte) (address.getPort() >>> 8);
    all[1] = (byte) address.getPort();
    byte[] host = address.getAddress().getAddress();
    put(all, host, address.getAddress() instanceof Inet4Address);
    return all;
  }

  private static void put(byte[] all, byte[] host, boolean isIpv4) {
    if (isIpv4) {
      all[12] = (byte) 0xFF;
      all[13] = (byte) 0xFF;
    }
    System.arraycopy(host, 0, all, all.length - host.length, host.length);
  }

  /** The addresses of both ends, as a descriptor must have them. */
  private static final class Names {
    private final byte[] own;
    private final byte[] peer;
    private final MemorySegment address;
    private final MemorySegment length;

    Names(Arena arena, byte[] own, byte[] peer) {
      this.own = own;
      this.peer = peer;
      address = arena.allocate(ADDRESS_BYTES, Long.BYTES);
      length = arena.allocate(ValueLayout.JAVA_INT);
    }

    boolean fit(int descriptor) throws Throwable {
      return is(Native.PEER_NAME, descriptor, peer) && is(Native.OWN_NAME, descriptor, own);
    }

    private boolean is(MethodHandle function, int descriptor, byte[] wanted) throws Throwable {
      length.set(ValueLayout.JAVA_INT, 0, ADDRESS_BYTES);
      if ((int) function.invokeExact(descriptor, address, length) != 0) {
        return false;
      }
      int family = address.get(ValueLayout.JAVA_SHORT, 0);
      byte[] found = new byte[wanted.length];
      short port = address.get(NETWORK_ORDER, 2);
      found[0] = (byte) (port >>> 8);
      found[1] = (byte) port;
      switch (family) {
        case AF_INET -> put(found, address.asSlice(4, 4).toArray(ValueLayout.JAVA_BYTE), true);
        case AF_INET6 -> put(found, address.asSlice(8, 16).toArray(ValueLayout.JAVA_BYTE), false);
        default -> {
          return false;
        }
      }
      return Arrays.equals(found, wanted);
    }
  }
}
