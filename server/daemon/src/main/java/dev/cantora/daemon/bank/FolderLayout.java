package dev.cantora.daemon.bank;

import dev.cantora.daemon.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names inside the store folder.
 *
 * <pre>
 * 2026-05-16T10-11-12-345Z-1a2b3c4d/   a render
 * last/                                the slot of the reference implementation, read only
 * last.&lt;hash of principal&gt;.&lt;n&gt;/        a principal's slot; of several the greatest n counts, since a folder cannot be
 *                                      replaced in one step
 * .staging-*                           being written or being deleted; swept at start
 * .metas                               a copy of all metas, see MetaLog
 * .lock                                held while a daemon uses the store
 * </pre>
 *
 * Dots cannot occur in render ids, so no id reaches a slot or anything hidden.
 */
final class FolderLayout {
  static final String AUDIO = "audio.wav";
  static final String STAGING_PREFIX = ".staging-";
  private static final Pattern SLOT = Pattern.compile("last\\.([0-9a-f]{32})\\.(\\d{1,18})");

  /** @param ownerHash of the principal @param sequence higher is newer */
  record Slot(String ownerHash, long sequence) {}

  private final Path root;
  private final SecureRandom random = new SecureRandom();

  FolderLayout(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path lock() {
    return root.resolve(".lock");
  }

  Path metaLog() {
    return root.resolve(".metas");
  }

  Path render(String id) {
    return root.resolve(id);
  }

  Path slot(String principalId, long sequence) {
    return root.resolve("last." + ownerHash(principalId) + "." + sequence);
  }

  /** A fresh name for something unfinished. */
  Path staging(String what) {
    return root.resolve(STAGING_PREFIX + what + "-" + HexFormat.of().toHexDigits(random.nextLong()));
  }

  static Optional<Slot> slotOf(Path folder) {
    Matcher matcher = SLOT.matcher(folder.getFileName().toString());
    return matcher.matches() ? Optional.of(new Slot(matcher.group(1), Long.parseLong(matcher.group(2)))) : Optional.empty();
  }

  static String ownerHash(String principalId) {
    return Sha256.hex(principalId.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }
}
