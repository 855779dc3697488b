package dev.cantora.daemon.socket;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A connection's socket as Linux knows it, through a descriptor of its own. Java's sockets can only be written to by a thread
 * that may have to wait; send(2) with MSG_DONTWAIT does not.
 */
final class SystemSocket implements EagerWriter {

  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  /** It returns at once, so arrays of the heap can be handed to it: nothing is copied, and no collection waits for long. */
  private static final MethodHandle SEND = link("send", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
      ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT), Linker.Option.critical(true));
  private static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final int descriptor;
  private boolean closed;

  /** @param descriptor that nobody else uses or closes */
  SystemSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
  }

  static void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Locked against {@link #close}, after which the number may come to mean something else. */
  @Override
  public synchronized int write(MemorySegment bytes, int length) {
    if (closed) {
      return 0;
    }
    try {
      return (int) Math.max(0, (long) SEND.invokeExact(descriptor, bytes, (long) length, MSG_DONTWAIT | MSG_NOSIGNAL));
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      close(descriptor);
    }
  }
}
