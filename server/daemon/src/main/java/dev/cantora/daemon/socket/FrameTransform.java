package dev.cantora.daemon.socket;

/** Work on a message that is too slow for the thread that produced it. Runs on the connection's sender, in order. */
public interface FrameTransform {

  /** Sends messages as they are. */
  FrameTransform NONE = new FrameTransform() {
    @Override
    public byte[] target() {
      return null;
    }

    @Override
    public int apply(byte[] message, int from, int length) {
      return length;
    }
  };

  /** Where {@link #apply} puts its result, or null when it leaves messages in place. */
  byte[] target();

  /** @param from index of the message's first byte @return length of the result in bytes */
  int apply(byte[] message, int from, int length);
}
