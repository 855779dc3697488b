package dev.cantora.engine.interchange;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Files that scores are read from. */
public enum ScoreFormat {
  MIDI("midi", "audio/midi"),
  MUSICXML("musicxml", "application/vnd.recordare.musicxml+xml"),
  /** MusicXML in a ZIP. */
  MXL("mxl", "application/vnd.recordare.musicxml"),
  /** UTAU's project. */
  UST("ust", "text/x-ust"),
  /** OpenUtau's project, YAML. */
  USTX("ustx", "application/x-ustx+yaml"),
  /** Lyrics with times. */
  LRC("lrc", "text/x-lrc");

  private static final int SNIFFED_BYTES = 2048;

  private final String formatName;
  private final String mediaType;

  ScoreFormat(String formatName, String mediaType) {
    this.formatName = formatName;
    this.mediaType = mediaType;
  }

  public String formatName() {
    return formatName;
  }

  public String mediaType() {
    return mediaType;
  }

  public static Optional<ScoreFormat> named(String name) {
    return Arrays.stream(values()).filter(f -> f.formatName.equals(name.toLowerCase(Locale.ROOT))).findFirst();
  }

  public static Optional<ScoreFormat> ofMediaType(String type) {
    String plain = switch (type) {
      case "audio/x-midi", "audio/mid", "audio/sp-midi" -> MIDI.mediaType;
      case "application/xml", "text/xml" -> MUSICXML.mediaType;
      case "application/zip" -> MXL.mediaType;
      default -> type;
    };
    return Arrays.stream(values()).filter(f -> f.mediaType.equals(plain)).findFirst();
  }

  /** What a file looks like from its beginning. */
  public static Optional<ScoreFormat> sniff(byte[] file) {
    String head = new String(file, 0, Math.min(file.length, SNIFFED_BYTES), StandardCharsets.ISO_8859_1);
    if (head.startsWith("MThd")) {
      return Optional.of(MIDI);
    }
    if (head.startsWith("PK\u0003\u0004")) {
      return Optional.of(MXL);
    }
    if (head.contains("score-partwise") || head.contains("score-timewise") || head.replace("\u0000", "").contains("<?xml")) {
      return Optional.of(MUSICXML);
    }
    if (head.contains("[#VERSION]") || head.contains("[#SETTING]") || head.contains("[#0000]")) {
      return Optional.of(UST);
    }
    if (head.contains("ustx_version")) {
      return Optional.of(USTX);
    }
    return head.matches("(?s).*\\[\\d{1,3}:\\d{2}.*") ? Optional.of(LRC) : Optional.empty();
  }
}
