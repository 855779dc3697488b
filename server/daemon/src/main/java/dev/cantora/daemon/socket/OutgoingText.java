package dev.cantora.daemon.socket;

/** A text message that is encoded when it is sent, off the thread that queued it. */
@FunctionalInterface
public interface OutgoingText {

  /** The message in UTF-8. */
  byte[] utf8();
}
