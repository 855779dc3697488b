package dev.cantora.engine.voice;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The integrity hash of a preset (contract section 6): over the set of asset paths, sorted by UTF-16 code unit, each as
 * {@code path + ":" + sha256hex(bytes) + "\n"}.
 */
public final class AssetsHash {

  private static final String PREFIX = "sha256:";

  private AssetsHash() {}

  /** @param bytesOf contents of an asset by its path as the manifest writes it */
  public static String of(Collection<String> paths, Function<String, byte[]> bytesOf) {
    var listing = new StringBuilder();
    for (String path : new TreeSet<>(paths)) { // String orders by UTF-16 code unit
      listing.append(path).append(':').append(hex(bytesOf.apply(path))).append('\n');
    }
    return PREFIX + hex(listing.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** True for values that stand for "not hashed yet"; such presets load with a warning. @param declared may be null */
  static boolean isStub(String declared) {
    return declared == null || declared.equals("sha256:pending") || declared.startsWith("sha256:mock_");
  }

  static void verify(String declared, String actual) {
    if (!isStub(declared) && !declared.equals(actual)) {
      throw new EngineException(Fault.ASSET_INTEGRITY_MISMATCH,
          "The preset's assets are not those its manifest was written for.", null,
          Map.of("expected", declared, "actual", actual));
    }
  }

  static String hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
