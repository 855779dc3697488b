package dev.cantora.engine.voice;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of one preset, each read once. Paths come from a manifest and are not trusted: they must be relative, hold
 * no {@code ..} and end up inside the folder after links are followed. Messages and details name them as the manifest
 * does, never by where they are on this machine.
 */
final class PresetFolder {

  private static final long MAX_ASSET_BYTES = 64L << 20;

  private final Path root;
  private final Map<String, byte[]> read = new LinkedHashMap<>();

  PresetFolder(Path root) {
    this.root = root;
  }

  /** The bytes of an asset. @throws EngineException INVALID_ASSET_PATH, ASSET_NOT_FOUND, ASSET_CORRUPT */
  byte[] bytes(String relative) {
    byte[] known = read.get(relative);
    if (known == null) {
      known = load(relative);
      read.put(relative, known);
    }
    return known;
  }

  /** An asset of raw little-endian float32. @throws EngineException also ASSET_CORRUPT for a ragged length or NaN */
  float[] floats(String relative) {
    byte[] bytes = bytes(relative);
    if (bytes.length % 4 != 0) {
      throw corrupt(relative, "has " + bytes.length + " bytes, which is not a whole number of float32 values");
    }
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw corrupt(relative, "holds a value that is not a finite number");
      }
    }
    return values;
  }

  private byte[] load(String relative) {
    Path file = resolve(relative);
    try {
      if (!Files.isRegularFile(file)) {
        throw missing(relative);
      }
      if (Files.size(file) > MAX_ASSET_BYTES) {
        throw corrupt(relative, "is larger than " + (MAX_ASSET_BYTES >> 20) + " MiB");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw missing(relative);
    } catch (IOException e) {
      throw corrupt(relative, "cannot be read");
    }
  }

  private Path resolve(String relative) {
    if (relative.isEmpty() || relative.startsWith("/") || relative.startsWith("\\")
        || relative.matches("[A-Za-z]:.*")) {
      throw badPath(relative);
    }
    for (String segment : relative.split("[/\\\\]")) {
      if (segment.equals("..")) {
        throw badPath(relative);
      }
    }
    try {
      Path realRoot = root.toRealPath();
      Path named = realRoot.resolve(relative);
      if (!named.normalize().startsWith(realRoot)) {
        throw badPath(relative);
      }
      Path real = named.toRealPath();
      if (!real.startsWith(realRoot)) {
        throw badPath(relative);
      }
      return real;
    } catch (InvalidPathException e) {
      throw badPath(relative);
    } catch (IOException e) {
      throw missing(relative);
    }
  }

  static EngineException corrupt(String relative, String problem) {
    return new EngineException(Fault.ASSET_CORRUPT, "Preset asset " + relative + " " + problem + ".", null,
        Map.of("assetPath", relative));
  }

  static EngineException misshapen(String relative, String expected, int actual) {
    return new EngineException(Fault.ASSET_SHAPE_MISMATCH,
        "Preset asset " + relative + " holds " + actual + " values where " + expected + " are needed.", null,
        Map.of("assetPath", relative, "expected", expected, "actual", actual));
  }

  private static EngineException missing(String relative) {
    return new EngineException(Fault.ASSET_NOT_FOUND, "Preset asset " + relative + " is missing.", null,
        Map.of("missingPath", relative));
  }

  private static EngineException badPath(String relative) {
    return new EngineException(Fault.INVALID_ASSET_PATH,
        "A preset asset must be named by a relative path inside the preset's folder.", null, Map.of("assetPath", relative));
  }
}
