package dev.cantora.daemon.dictionary;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * All dictionaries, one document per principal, named by a hash of the principal's id. What was read stays in memory until it
 * is changed, here or by another daemon. Thread-safe.
 */
public final class Dictionaries {
  /** Most words that one principal may have, over all languages. */
  public static final int MAX_ENTRIES = 10_000;

  private static final int NAME_CHARS = 32;

  private final DictionaryStore store;
  /** By name. */
  private final Map<String, UserDictionary> loaded = new ConcurrentHashMap<>();

  /** In {@code .dictionaries} of the store folder; the dot keeps the bank from taking this for a render. */
  public Dictionaries(Path renderStoreDir) {
    this(new DictionaryFolder(renderStoreDir.resolve(".dictionaries")));
  }

  public Dictionaries(DictionaryStore store) {
    this.store = store;
    store.onChange(loaded::remove);
  }

  /** @throws ApiException READ_ERROR when there is one and it cannot be read */
  public UserDictionary of(String principalId) {
    String name = name(principalId);
    UserDictionary known = loaded.get(name);
    return known != null ? known : loaded.computeIfAbsent(name, this::load);
  }

  /**
   * Changes one dictionary and keeps it.
   *
   * @throws ApiException DICTIONARY_FULL when the change makes it larger than it may be; WRITE_ERROR when it cannot be kept
   */
  UserDictionary change(String principalId, UnaryOperator<UserDictionary> change) {
    String name = name(principalId);
    try {
      Optional<byte[]> now = store.change(name, json -> {
        UserDictionary before = read(json);
        UserDictionary after = change.apply(before);
        if (after.size() > MAX_ENTRIES && after.size() > before.size()) {
          throw ApiException.builder(ErrorCode.DICTIONARY_FULL)
              .detail("entries", before.size()).detail("maxEntries", MAX_ENTRIES).build();
        }
        return after.equals(before) ? json : Optional.of(Json.bytes(after));
      });
      return read(now);
    } catch (UncheckedIOException unreadable) {
      throw unreadable(unreadable);
    } catch (IOException failed) {
      throw ApiException.builder(ErrorCode.WRITE_ERROR).message("The dictionary cannot be stored.").cause(failed).build();
    } finally {
      loaded.remove(name); // the next who asks reads it anew, so that no older one stays
    }
  }

  private UserDictionary load(String name) {
    try {
      return read(store.read(name));
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private static UserDictionary read(Optional<byte[]> json) {
    try {
      return json.map(Json::parse).map(tree -> Json.bind(tree, UserDictionary.class)).orElse(UserDictionary.EMPTY);
    } catch (ApiException damaged) {
      throw unreadable(damaged);
    }
  }

  private static ApiException unreadable(Exception cause) {
    return ApiException.builder(ErrorCode.READ_ERROR).message("The stored dictionary cannot be read.").cause(cause).build();
  }

  private static String name(String principalId) {
    return Sha256.hex(principalId.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_CHARS);
  }

  /** The words that a principal's text is sung with. @param language primary subtag */
  public Map<String, List<String>> words(String principalId, String language) {
    return of(principalId).words(language);
  }
}
