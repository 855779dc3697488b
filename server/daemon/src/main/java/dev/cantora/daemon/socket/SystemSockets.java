package dev.cantora.daemon.socket;

import io.helidon.common.socket.HelidonSocket;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the descriptor of a connection among those of this process, by the addresses of its two ends, and duplicates it: the
 * duplicate means this connection until it is closed, whatever Java does with its own.
 */
final class SystemSockets {

  /** Linked when the first connection is looked for. */
  private static final class Native {
    static final MethodHandle FCNTL = SystemSocket.link("fcntl", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), Linker.Option.firstVariadicArg(2));
  }

  private static final Logger LOG = LoggerFactory.getLogger(SystemSockets.class);
  private static final File DESCRIPTORS = new File("/proc/self/fd");
  private static final int F_DUPFD_CLOEXEC = 1030;
  /** New descriptors get the least free number, so mostly one near that of the connection before. */
  private static final int NEAR = 32;

  private volatile int last;

  /** Loads and links everything. A virtual thread that did it would keep its carrier meanwhile. */
  void prepare() {
    if (DESCRIPTORS.isDirectory()) {
      try {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        find(nobody, nobody);
      } catch (Throwable unexpected) {
        LOG.warn("socket_not_found", unexpected);
      }
    }
  }

  /** Another way to write to a connection, or {@link EagerWriter#NONE} where there is none. Takes some system calls. */
  EagerWriter of(HelidonSocket socket) {
    if (socket.isSecure() || !DESCRIPTORS.isDirectory()) {
      return EagerWriter.NONE;
    }
    try {
      return find((InetSocketAddress) socket.localPeer().address(), (InetSocketAddress) socket.remotePeer().address());
    } catch (Throwable unexpected) {
      LOG.warn("socket_not_found", unexpected);
      return EagerWriter.NONE;
    }
  }

  private EagerWriter find(InetSocketAddress own, InetSocketAddress peer) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      SocketNames wanted = new SocketNames(arena, own, peer);
      for (int near = Math.max(0, last - NEAR); near < last + NEAR; near++) {
        EagerWriter found = duplicate(near, wanted);
        if (found != EagerWriter.NONE) {
          return found;
        }
      }
      String[] all = DESCRIPTORS.list();
      for (int i = 0; all != null && i < all.length; i++) {
        EagerWriter found = duplicate(Integer.parseInt(all[i]), wanted);
        if (found != EagerWriter.NONE) {
          return found;
        }
      }
    }
    return EagerWriter.NONE;
  }

  private EagerWriter duplicate(int candidate, SocketNames wanted) throws Throwable {
    if (!wanted.fit(candidate)) {
      return EagerWriter.NONE;
    }
    int duplicate = (int) Native.FCNTL.invokeExact(candidate, F_DUPFD_CLOEXEC, 0);
    if (duplicate < 0) {
      return EagerWriter.NONE;
    }
    // asked again: the number may have come to mean another socket just before it was duplicated
    if (!wanted.fit(duplicate)) {
      SystemSocket.close(duplicate);
      return EagerWriter.NONE;
    }
    last = duplicate;
    return new SystemSocket(duplicate);
  }
}
