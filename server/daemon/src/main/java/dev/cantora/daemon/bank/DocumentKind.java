package dev.cantora.daemon.bank;

/** The JSON documents kept beside the audio. */
public enum DocumentKind {
  SCORE("score.json"),
  CONFIG("config.json"),
  TELEMETRY("telemetry.json"),
  PROVENANCE("provenance.json"),
  META("meta.json");

  private final String fileName;

  DocumentKind(String fileName) {
    this.fileName = fileName;
  }

  public String fileName() {
    return fileName;
  }
}
