package dev.cantora.daemon.audio;

/** How samples look on the wire. The code stands in bytes 6 and 7 of a frame's head; protocol 1 knows only 0 there. */
public enum FrameFormat {
  /** IEEE float, little-endian. */
  F32("f32", 0),
  /** Signed 16 bit, little-endian, full scale 32767. */
  S16("s16", 1),
  /** One Opus packet at 48 kHz. */
  OPUS("opus", 2);

  private final String wireName;
  private final int wireCode;

  FrameFormat(String wireName, int wireCode) {
    this.wireName = wireName;
    this.wireCode = wireCode;
  }

  public String wireName() {
    return wireName;
  }

  int wireCode() {
    return wireCode;
  }
}
