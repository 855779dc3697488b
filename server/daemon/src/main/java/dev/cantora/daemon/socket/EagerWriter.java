package dev.cantora.daemon.socket;

import java.lang.foreign.MemorySegment;

/** Writes to a connection what the operating system takes at once, and never waits. For threads that must not. */
interface EagerWriter extends AutoCloseable {

  /** Takes nothing. */
  EagerWriter NONE = new EagerWriter() {
    @Override
    public int write(MemorySegment bytes, int length) {
      return 0;
    }

    @Override
    public void close() {}
  };

  /**
   * @param bytes of an array on the heap
   * @param length of what is to be written, from their first on
   * @return how much of it was taken: less than all when the peer does not read or is gone
   */
  int write(MemorySegment bytes, int length);

  /** Writes nothing from now on. Any thread. */
  @Override
  void close();
}
