package dev.cantora.daemon.cluster;

import dev.cantora.daemon.hash.Sha256;
import io.nats.client.JetStreamApiException;
import io.nats.client.ObjectStore;
import io.nats.client.ObjectStoreManagement;
import io.nats.client.ObjectStoreOptions;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.api.StorageType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** An object store: large values in chunks, written once under names that are never used again. */
final class Objects {
  private final ClusterLink link;
  private final ObjectStore store;

  private Objects(ClusterLink link, ObjectStore store) {
    this.link = link;
    this.store = store;
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
      Bucket.readFromLeader(link, "OBJ_" + name);
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

  void delete(String name) {
    link.call(() -> store.getInfo(name) == null ? null : store.delete(name));
  }

  List<ObjectInfo> list() {
    return link.call(store::getList);
  }
}
