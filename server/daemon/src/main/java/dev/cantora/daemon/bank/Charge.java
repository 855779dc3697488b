package dev.cantora.daemon.bank;

/** What a render costs: the audio, its documents as compact JSON, and a flat sum for meta and folders. */
public final class Charge {

  /** Charged for every render on top of what it holds. */
  public static final long FLAT_BYTES = 2048;

  private Charge() {}

  public static long bytes(long wavBytes, long compactDocumentBytes) {
    return wavBytes + compactDocumentBytes + FLAT_BYTES;
  }
}
