package dev.cantora.engine.audio;

/** Sample encodings of a WAV file. */
public enum WavFormat {
  /** IEEE float, format tag 3: what renders are stored as. */
  F32(3, 4),
  /** 16 bit integers, format tag 1. */
  S16(1, 2),
  /** 24 bit integers, format tag 1. */
  S24(1, 3);

  private final int tag;
  private final int bytesPerSample;

  WavFormat(int tag, int bytesPerSample) {
    this.tag = tag;
    this.bytesPerSample = bytesPerSample;
  }

  int tag() {
    return tag;
  }

  public int bytesPerSample() {
    return bytesPerSample;
  }
}
