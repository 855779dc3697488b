package dev.cantora.engine.audio;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What finished audio can be written as. */
public enum AudioFormat {
  /** IEEE floats, what renders are stored as. */
  WAV_F32("wav-f32", "audio/wav", "wav"),
  WAV_S24("wav-s24", "audio/wav", "wav"),
  WAV_S16("wav-s16", "audio/wav", "wav"),
  /** 24 bit, lossless from there on. */
  FLAC("flac", "audio/flac", "flac"),
  /** 96 kbit/s for each channel. */
  OGG_OPUS("ogg-opus", "audio/ogg", "opus");

  private final String formatName;
  private final String mediaType;
  private final String extension;

  AudioFormat(String formatName, String mediaType, String extension) {
    this.formatName = formatName;
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** Name in queries and on the command line. */
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

  public static Optional<AudioFormat> named(String name) {
    return Arrays.stream(values()).filter(format -> format.formatName.equals(name)).findFirst();
  }

  /** The first format of a file's ending; {@code .ogg} is Opus too. */
  public static Optional<AudioFormat> ofFile(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return name.endsWith(".ogg") ? Optional.of(OGG_OPUS)
        : Arrays.stream(values()).filter(format -> name.endsWith("." + format.extension)).findFirst();
  }

  /** The first format of a media type; several others mean the same. */
  public static Optional<AudioFormat> ofMediaType(String type) {
    String plain = switch (type) {
      case "audio/x-wav", "audio/wave", "audio/vnd.wave" -> "audio/wav";
      case "audio/x-flac" -> "audio/flac";
      case "audio/opus", "application/ogg" -> "audio/ogg";
      default -> type;
    };
    return List.of(values()).stream().filter(format -> format.mediaType.equals(plain)).findFirst();
  }
}
