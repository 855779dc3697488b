package dev.cantora.daemon.dictionary;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.bank.DurableFiles;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * All dictionaries, one file per principal in {@code .dictionaries} of the store folder, named by a hash of the principal's
 * id. A change is on the disk before it is seen: written beside the old file, synced, renamed over it. A file that was
 * being written when the daemon died is overwritten by the next change. Thread-safe.
 */
public final class Dictionaries {
  /** Most words that one principal may have, over all languages. */
  public static final int MAX_ENTRIES = 10_000;

  private static final long FILE_LIMIT_BYTES = 64L << 20;

  private final Path folder;
  private final Map<String, UserDictionary> loaded = new ConcurrentHashMap<>();

  /** @param renderStoreDir folder of the bank; dots keep it from taking this for a render */
  public Dictionaries(Path renderStoreDir) {
    this.folder = renderStoreDir.resolve(".dictionaries");
  }

  /** @throws ApiException READ_ERROR when there is a file and it cannot be read */
  public UserDictionary of(String principalId) {
    UserDictionary known = loaded.get(principalId);
    return known != null ? known : loaded.computeIfAbsent(principalId, this::load);
  }

  /**
   * Changes one dictionary and keeps it.
   *
   * @throws ApiException DICTIONARY_FULL when the change makes it larger than it may be; WRITE_ERROR when it cannot be kept
   */
  UserDictionary change(String principalId, UnaryOperator<UserDictionary> change) {
    return loaded.compute(principalId, (id, known) -> {
      UserDictionary before = known != null ? known : load(id);
      UserDictionary after = change.apply(before);
      if (after.size() > MAX_ENTRIES && after.size() > before.size()) {
        throw ApiException.builder(ErrorCode.DICTIONARY_FULL)
            .detail("entries", before.size()).detail("maxEntries", MAX_ENTRIES).build();
      }
      if (!after.equals(before)) {
        save(id, after);
      }
      return after;
    });
  }

  private UserDictionary load(String principalId) {
    Path file = file(principalId);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return UserDictionary.EMPTY;
      }
      return Json.bind(Json.parse(DurableFiles.read(file, FILE_LIMIT_BYTES)), UserDictionary.class);
    } catch (NoSuchFileException gone) {
      return UserDictionary.EMPTY;
    } catch (IOException | ApiException unreadable) {
      throw ApiException.builder(ErrorCode.READ_ERROR).message("The stored dictionary cannot be read.").cause(unreadable).build();
    }
  }

  private void save(String principalId, UserDictionary dictionary) {
    try {
      Files.createDirectories(folder);
      DurableFiles.replace(file(principalId), Json.bytes(dictionary));
    } catch (IOException failed) {
      throw ApiException.builder(ErrorCode.WRITE_ERROR).message("The dictionary cannot be stored.").cause(failed).build();
    }
  }

  private Path file(String principalId) {
    String hash = Sha256.hex(principalId.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    return folder.resolve(hash + ".json");
  }

  /** The words that a principal's text is sung with. @param language primary subtag */
  public Map<String, List<String>> words(String principalId, String language) {
    return of(principalId).words(language);
  }
}
