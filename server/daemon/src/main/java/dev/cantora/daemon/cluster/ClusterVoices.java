package dev.cantora.daemon.cluster;

import dev.cantora.daemon.bank.DurableFiles;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.presets.PresetSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Voices of all nodes: each node puts those of its folder into the object store when it starts, named by their hash, and
 * fetches those it lacks when somebody asks for them. A node's own folder always wins. Thread-safe.
 */
final class ClusterVoices implements PresetSource, AutoCloseable {
  static final String BUCKET = "cantora-voices";
  static final String OBJECTS = "cantora-presets";
  private static final Logger LOG = LoggerFactory.getLogger(ClusterVoices.class);

  private static final String EXACTLY = "exactly.";

  private final Bucket bucket;
  private final Objects objects;
  private final Path cache;
  /** Hash of the archive by id, and by content hash for those that jobs were accepted with. */
  private final Map<String, String> hashes = new ConcurrentHashMap<>();
  private final Map<String, String> exactly = new ConcurrentHashMap<>();
  private final AutoCloseable watch;

  /** @param cache where fetched voices are kept, one folder per hash */
  ClusterVoices(ClusterLink link, Path cache) {
    this.bucket = Bucket.open(link, BUCKET, Duration.ZERO);
    this.objects = Objects.open(link, OBJECTS);
    this.cache = cache;
    this.watch = bucket.watch(entry -> {
      Map<String, String> kind = entry.key().startsWith(EXACTLY) ? exactly : hashes;
      if (entry.value() == null) {
        kind.remove(entry.key());
      } else {
        kind.put(entry.key(), Json.parse(entry.value()).path("hash").asText());
      }
    });
  }

  /** Gives the voices of a folder to the others. */
  void share(Path presetDir) {
    try (Stream<Path> all = Files.list(presetDir)) {
      for (Path voice : all.filter(path -> Files.isRegularFile(path.resolve("voicepreset.json"))).sorted().toList()) {
        shareOne(voice);
      }
    } catch (IOException | UncheckedIOException unreadable) {
      LOG.atWarn().addKeyValue("reason", unreadable.getClass().getSimpleName()).log("cluster_voices_not_shared");
    } catch (RuntimeException away) {
      LOG.atWarn().setCause(away).log("cluster_voices_not_shared");
    }
  }

  private void shareOne(Path voice) throws IOException {
    String id = voice.getFileName().toString();
    byte[] packed = VoiceArchive.pack(voice);
    String hash = Sha256.hex(packed);
    if (!id.matches("[A-Za-z0-9_-]{1,64}") || hash.equals(hashes.get(id))) {
      return;
    }
    store(id, hash, packed);
    LOG.atInfo().addKeyValue("preset", id).addKeyValue("hash", hash.substring(0, 8)).addKeyValue("bytes", packed.length)
        .log("cluster_voice_shared");
  }

  private void store(String key, String hash, byte[] packed) {
    if (!objects.exists(hash)) {
      objects.put(hash, packed);
    }
    bucket.put(key, Json.bytes(Map.of("hash", hash, "bytes", packed.length)));
  }

  private static String exactly(String contentHash) {
    return EXACTLY + Sha256.hex(contentHash.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void offer(String contentHash, Path voice) {
    String key = exactly(contentHash);
    if (exactly.containsKey(key)) {
      return;
    }
    try {
      byte[] packed = VoiceArchive.pack(voice);
      String hash = Sha256.hex(packed);
      store(key, hash, packed);
      exactly.put(key, hash);
    } catch (IOException unreadable) {
      LOG.atWarn().addKeyValue("preset", voice.getFileName()).setCause(unreadable).log("cluster_voices_not_shared");
    }
  }

  @Override
  public List<String> ids() {
    return hashes.keySet().stream().sorted().toList();
  }

  @Override
  public Optional<Path> fetch(String id) {
    return Optional.ofNullable(hashes.get(id)).flatMap(hash -> bring(id, hash));
  }

  /** Asks the bucket itself when nobody has told of it yet: the job may be quicker. */
  @Override
  public Optional<Path> fetch(String id, String contentHash) {
    String key = exactly(contentHash);
    return Optional.ofNullable(exactly.get(key))
        .or(() -> bucket.get(key).map(entry -> Json.parse(entry.value()).path("hash").asText()))
        .flatMap(hash -> bring(id, hash));
  }

  private synchronized Optional<Path> bring(String id, String hash) {
    Path folder = cache.resolve(hash);
    try {
      if (!Files.isDirectory(folder)) {
        fetch(id, hash, folder);
      }
      return Optional.of(folder);
    } catch (IOException failed) {
      LOG.atWarn().addKeyValue("preset", id).addKeyValue("hash", hash.substring(0, 8)).setCause(failed).log("cluster_voice_not_fetched");
      return Optional.empty();
    }
  }

  /** Whole or not at all: unpacked aside, then renamed. */
  private void fetch(String id, String hash, Path folder) throws IOException {
    byte[] packed = objects.get(hash);
    if (!Sha256.hex(packed).equals(hash)) {
      throw new IOException("the voice is not what was shared");
    }
    Files.createDirectories(cache);
    Path aside = Files.createTempDirectory(cache, ".fetch-");
    try {
      VoiceArchive.unpack(packed, Files.createDirectory(aside.resolve(id)));
      Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      if (Files.exists(aside)) {
        DurableFiles.deleteTree(aside);
      }
    }
    LOG.atInfo().addKeyValue("preset", id).addKeyValue("hash", hash.substring(0, 8)).log("cluster_voice_fetched");
  }

  @Override
  public void close() {
    Closing.quietly(watch);
  }
}
