package dev.cantora.engine.interchange;

import java.util.Arrays;
import java.util.Optional;

/** Files that scores are written as. */
public enum ExportFormat {
  MIDI("midi", "audio/midi", "mid"),
  MUSICXML("musicxml", "application/vnd.recordare.musicxml+xml", "musicxml"),
  HTK_LABELS("htk", "text/x-htk-label", "lab"),
  AUDACITY_LABELS("audacity", "text/x-audacity-label", "txt"),
  WEBVTT("webvtt", "text/vtt", "vtt"),
  LRC("lrc", "text/x-lrc", "lrc");

  private final String formatName;
  private final String mediaType;
  private final String extension;

  ExportFormat(String formatName, String mediaType, String extension) {
    this.formatName = formatName;
    this.mediaType = mediaType;
    this.extension = extension;
  }

  public String formatName() {
    return formatName;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Of a file, without the dot. */
  public String extension() {
    return extension;
  }

  /** Whether it is made from phonemes. */
  public boolean needsPhonemes() {
    return this == HTK_LABELS || this == AUDACITY_LABELS;
  }

  public static Optional<ExportFormat> named(String name) {
    return Arrays.stream(values()).filter(f -> f.formatName.equals(name)).findFirst();
  }

  public static Optional<ExportFormat> ofMediaType(String type) {
    return Arrays.stream(values()).filter(f -> f.mediaType.equals(type)).findFirst();
  }
}
