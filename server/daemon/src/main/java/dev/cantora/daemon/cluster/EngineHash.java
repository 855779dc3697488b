package dev.cantora.daemon.cluster;

import dev.cantora.daemon.hash.Sha256;
import dev.cantora.engine.Engine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A hash over the engine's code and tables: nodes with the same one make the same bytes. */
final class EngineHash {
  private EngineHash() {}

  /** 64 hex digits; another one at every start when the code cannot be read. */
  static String ofThisNode() {
    MessageDigest digest = Sha256.digest();
    try {
      Path code = Path.of(Engine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path file : files(code)) {
        digest.update(code.relativize(file).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    } catch (IOException | URISyntaxException | RuntimeException unreadable) {
      digest.update(java.util.UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> files(Path code) throws IOException {
    try (Stream<Path> all = Files.walk(code)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
