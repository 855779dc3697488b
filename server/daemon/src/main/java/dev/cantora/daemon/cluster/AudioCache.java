package dev.cantora.daemon.cluster;

import dev.cantora.daemon.bank.BankFaults;
import dev.cantora.daemon.bank.DocumentKind;
import dev.cantora.daemon.bank.DurableFiles;
import dev.cantora.daemon.bank.FolderAudio;
import dev.cantora.daemon.bank.StoredAudio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * WAV files of the object store on the node's own disk. Only a copy: whatever is missing is fetched again and compared with
 * its hash, and the files unused for longest go when there are too many. An open file survives its removal.
 */
final class AudioCache {
  private static final Duration STALE = Duration.ofHours(1);
  private static final int ATTEMPTS = 3;

  private final Path files;
  private final Path staging;
  private final Objects objects;
  private final long limitBytes;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Object> fetching = new ConcurrentHashMap<>();

  AudioCache(Path folder, Objects objects, long limitBytes) {
    this.files = folder.resolve("audio");
    this.staging = folder.resolve("staging");
    this.objects = objects;
    this.limitBytes = limitBytes;
    try {
      Files.createDirectories(files);
      Files.createDirectories(staging);
      for (Path left : list(staging)) {
        if (Files.getLastModifiedTime(left).toInstant().isBefore(Instant.now().minus(STALE))) {
          DurableFiles.deleteTree(left);
        }
      }
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  /** A name for something that is being written. */
  Path stagingFile() {
    return staging.resolve(HexFormat.of().toHexDigits(random.nextLong()));
  }

  /** Takes over a file whose content was just put into the object store. */
  void adopt(String object, Path file) {
    try {
      Files.move(file, files.resolve(object), StandardCopyOption.ATOMIC_MOVE);
      evict();
    } catch (IOException notCached) {
      // it will be fetched when somebody asks
    }
  }

  /** @param wavHash 64 hex digits @throws dev.cantora.daemon.errors.ApiException READ_ERROR */
  StoredAudio open(String object, String wavHash) {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Path file = files.resolve(object);
        if (!Files.exists(file)) {
          fetch(object, file, wavHash);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return new FolderAudio(file, wavHash);
      } catch (NoSuchFileException evicted) {
        last = evicted;
      } catch (IOException failed) {
        throw BankFaults.unreadable("audio.wav", failed);
      }
    }
    throw BankFaults.unreadable(DocumentKind.META.fileName(), last);
  }

  private void fetch(String object, Path file, String wavHash) throws IOException {
    Object lock = fetching.computeIfAbsent(object, name -> new Object());
    try {
      synchronized (lock) {
        if (Files.exists(file)) {
          return;
        }
        Path fresh = stagingFile();
        try {
          if (!objects.get(object, fresh).equals(wavHash)) {
            throw new IOException("the audio is not what was stored");
          }
          Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(fresh);
        }
      }
    } finally {
      fetching.remove(object);
    }
    evict();
  }

  private synchronized void evict() throws IOException {
    List<Path> oldestFirst = list(files);
    long bytes = 0;
    for (Path file : oldestFirst) {
      bytes += size(file);
    }
    for (Path file : oldestFirst) {
      if (bytes <= limitBytes) {
        return;
      }
      bytes -= size(file);
      Files.deleteIfExists(file);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = new ArrayList<>(all.toList());
      files.sort(Comparator.comparing(AudioCache::modified));
      return files;
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }
}
