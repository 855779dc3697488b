package dev.cantora.daemon.security;

import dev.cantora.daemon.config.ConfigException;
import dev.cantora.daemon.config.DaemonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the keys and finds the principal of one. Sources by precedence: AUTH_KEYS_FILE, AUTH_KEYS, AUTH_TOKEN, none (open
 * mode); an empty list falls through to the next. The file is read again when it changes; a change that cannot be used
 * leaves the old keys in force, so that a slip of the editor neither locks everybody out nor opens the doors. A file that
 * was emptied is such a slip: editors empty a file before they write it.
 */
public final class Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
  private static final long RELOAD_CHECK_NS = 1_000_000_000L;

  /** How keys are configured. */
  public enum Mode { KEYS_FILE, KEYS, TOKEN, OPEN }

  private record Source(Mode mode, List<AccessKey> keys) {}

  private record Stamp(FileTime modified, long size, Object fileKey) {}

  private final DaemonConfig.Auth settings;
  private volatile Source source;
  private volatile Stamp stamp;
  private volatile long nextCheckNs;

  /** @throws ConfigException when a source is configured but cannot be used */
  public Authenticator(DaemonConfig.Auth settings) {
    this.settings = settings;
    this.stamp = settings.keysFile() == null ? null : stampOf(settings.keysFile());
    this.source = load();
    this.nextCheckNs = System.nanoTime() + RELOAD_CHECK_NS;
  }

  public Mode mode() {
    return source.mode;
  }

  /** Everybody is {@link Principal#ANONYMOUS}; no key is needed. */
  public boolean open() {
    return source.mode == Mode.OPEN;
  }

  /**
   * The principal of a key. Takes the same time whichever key matches: every stored hash is compared, in constant time.
   *
   * @param key as the client sent it, or null
   * @return empty when the key is missing or unknown; {@link Principal#ANONYMOUS} in open mode whatever was sent
   */
  public Optional<Principal> authenticate(String key) {
    reloadIfChanged();
    Source current = source;
    if (current.mode == Mode.OPEN) {
      return Optional.of(Principal.ANONYMOUS);
    }
    if (key == null || key.isEmpty()) {
      return Optional.empty();
    }
    byte[] offered = AccessKey.sha256(key);
    Principal found = null;
    for (AccessKey known : current.keys) {
      if (MessageDigest.isEqual(known.keySha256(), offered)) {
        found = known.principal();
      }
    }
    return Optional.ofNullable(found);
  }

  private void reloadIfChanged() {
    Path file = settings.keysFile();
    long nowNs = System.nanoTime();
    if (file == null || nowNs - nextCheckNs < 0) {
      return;
    }
    synchronized (this) {
      if (nowNs - nextCheckNs < 0) {
        return;
      }
      nextCheckNs = nowNs + RELOAD_CHECK_NS;
      Stamp now = stampOf(file);
      if (now.equals(stamp)) {
        return;
      }
      stamp = now;
      try {
        source = loadAgain();
        LOG.atInfo().addKeyValue("keys", source.keys.size()).addKeyValue("mode", source.mode).log("auth_keys_reloaded");
      } catch (ConfigException unusable) {
        LOG.atError().addKeyValue("problem", unusable.problems().getFirst()).log("auth_keys_reload_failed");
      }
    }
  }

  private Source loadAgain() {
    Source fresh = load();
    if (fresh.mode != Mode.KEYS_FILE && source.mode == Mode.KEYS_FILE) {
      throw new ConfigException(List.of("AUTH_KEYS_FILE names no keys any more."));
    }
    return fresh;
  }

  private Source load() {
    if (settings.keysFile() != null) {
      List<AccessKey> keys = parse("AUTH_KEYS_FILE", read(settings.keysFile()));
      if (!keys.isEmpty()) {
        return new Source(Mode.KEYS_FILE, keys);
      }
    }
    if (settings.keys() != null) {
      List<AccessKey> keys = parse("AUTH_KEYS", settings.keys());
      if (!keys.isEmpty()) {
        return new Source(Mode.KEYS, keys);
      }
    }
    return settings.token() == null ? new Source(Mode.OPEN, List.of())
        : new Source(Mode.TOKEN, List.of(AccessKey.of(Principal.LEGACY, settings.token())));
  }

  private static List<AccessKey> parse(String variable, String text) {
    try {
      return List.copyOf(KeyListParser.parse(text));
    } catch (IllegalArgumentException bad) {
      throw new ConfigException(List.of(variable + " " + bad.getMessage() + "."));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new ConfigException(List.of("AUTH_KEYS_FILE cannot be read (" + unreadable.getClass().getSimpleName() + ")."));
    }
  }

  private static Stamp stampOf(Path file) {
    try {
      var attributes = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException gone) {
      return new Stamp(FileTime.fromMillis(0), -1, null);
    }
  }
}
