package dev.cantora.daemon.cluster;

import dev.cantora.daemon.hash.Sha256;
import io.nats.client.JetStreamApiException;
import io.nats.client.ObjectStore;
import io.nats.client.ObjectStoreManagement;
import io.nats.client.ObjectStoreOptions;
import io.nats.client.PurgeOptions;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.api.PurgeResponse;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** An object store: large values in chunks, written once under names that are never used again. */
final class Objects {
  private static final String META = "M.";
  private static final String CHUNKS = "C.";

  private final ClusterLink link;
  private final ObjectStore store;
  private final String stream;
  private final String subject;

  private Objects(ClusterLink link, ObjectStore store) {
    this.link = link;
    this.store = store;
    this.stream = stream(store.getBucketName());
    this.subject = "$O." + store.getBucketName() + ".";
  }

  private static String stream(String name) {
    return "OBJ_" + name;
  }

  static Objects open(ClusterLink link, String name) {
    return link.call(() -> {
      ObjectStoreOptions options = ObjectStoreOptions.builder().jetStreamOptions(link.options()).build();
      ObjectStoreManagement management = link.connection().objectStoreManagement(options);
      try {
        management.getStatus(name);
      } catch (JetStreamApiException missing) {
        try {
          management.create(ObjectStoreConfiguration.builder(name).storageType(StorageType.File).replicas(link.replicas()).build());
        } catch (JetStreamApiException refused) {
          if (refused.getApiErrorCode() != Bucket.STREAM_EXISTS) {
            throw refused;
          }
          // another node was quicker
        }
      }
      Bucket.readFromLeader(link, stream(name));
      return new Objects(link, link.connection().objectStore(name, options));
    });
  }

  void put(String name, byte[] content) {
    link.call(() -> put(name, new ByteArrayInputStream(content)));
  }

  void put(String name, Path file) {
    link.call(() -> {
      try (InputStream in = Files.newInputStream(file)) {
        return put(name, in);
      }
    });
  }

  private ObjectInfo put(String name, InputStream in) throws IOException, JetStreamApiException {
    try {
      return store.put(name, in);
    } catch (NoSuchAlgorithmException noSha256) {
      throw new IllegalStateException(noSha256);
    }
  }

  /** @throws FileNotFoundException when there is no such object */
  byte[] get(String name) throws IOException {
    require(name);
    return link.call(() -> {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      copy(name, out);
      return out.toByteArray();
    });
  }

  /**
   * Copies an object to a new file.
   *
   * @return its SHA-256, 64 hex digits
   * @throws FileNotFoundException when there is no such object
   */
  String get(String name, Path file) throws IOException {
    require(name);
    return link.call(() -> {
      MessageDigest digest = Sha256.digest();
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
        copy(name, out);
      }
      return HexFormat.of().formatHex(digest.digest());
    });
  }

  private void require(String name) throws FileNotFoundException {
    if (!exists(name)) {
      throw new FileNotFoundException("the object is gone");
    }
  }

  private void copy(String name, OutputStream out) throws IOException, JetStreamApiException, InterruptedException {
    try {
      store.get(name, out);
    } catch (NoSuchAlgorithmException noSha256) {
      throw new IllegalStateException(noSha256);
    }
  }

  boolean exists(String name) {
    return link.call(() -> store.getInfo(name)) != null;
  }

  /** The client leaves a mark that it was deleted, which nobody reads and which would stay for ever. */
  void delete(String name) {
    link.call(() -> {
      if (store.getInfo(name) != null) {
        store.delete(name);
      }
      return purge(subject + META + Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)));
    });
  }

  private PurgeResponse purge(String what) throws IOException, JetStreamApiException {
    return link.management().purgeStream(stream, PurgeOptions.subject(what));
  }

  List<ObjectInfo> list() {
    return link.call(store::getList);
  }

  /** Removes objects that nobody needs, and chunks that belong to none, when they were written before that time. */
  void sweep(Predicate<String> needed, Instant before) {
    list().stream().filter(object -> object.getModified().toInstant().isBefore(before) && !needed.test(object.getObjectName()))
        .forEach(object -> delete(object.getObjectName()));
    sweepChunks(before);
  }

  /**
   * Removes chunks that belong to no object, as a node leaves them that dies while it writes or deletes one: no list shows them.
   *
   * @param before which their last one must have been written
   * @return how many objects they would have been
   */
  int sweepChunks(Instant before) {
    Set<String> loose = new HashSet<>(link.call(() ->
        link.management().getStreamInfo(stream, StreamInfoOptions.filterSubjects(subject + CHUNKS + ">"))).getStreamState()
        .getSubjects().stream().map(Subject::getName).toList());
    // listed after the chunks, so that what was finished meanwhile is whole
    list().forEach(whole -> loose.remove(subject + CHUNKS + whole.getNuid()));
    loose.removeIf(chunks -> !lastWritten(chunks).isBefore(before));
    loose.forEach(chunks -> link.call(() -> purge(chunks)));
    return loose.size();
  }

  private Instant lastWritten(String chunks) {
    try {
      return link.call(() -> link.management().getLastMessage(stream, chunks)).getTime().toInstant();
    } catch (ClusterLink.Refused deletedMeanwhile) {
      return Instant.MAX;
    }
  }
}
