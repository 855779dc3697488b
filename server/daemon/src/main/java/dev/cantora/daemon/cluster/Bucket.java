package dev.cantora.daemon.cluster;

import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatchOption;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A key-value bucket with compare-and-set. Reads are answered by the stream's leader, so whoever reads after a write has
 * returned, on any node, sees it. A write whose acknowledgement was lost is recognised by its value when it is tried again,
 * so values of different writers must differ.
 */
final class Bucket {
  private static final long NONE = 0;
  private static final int WATCH_SEC = 20;
  static final int STREAM_EXISTS = 10058;

  /** @param value null when the key was deleted */
  record Entry(String key, byte[] value, long revision) {}

  private final ClusterLink link;
  private final KeyValue store;

  private Bucket(ClusterLink link, KeyValue store) {
    this.link = link;
    this.store = store;
  }

  /**
   * Opens a bucket, making it when it is missing. It lies on disk even when its values live for seconds: a bucket in the
   * memory of a server that is restarted is gone for good.
   *
   * @param ttl after which values vanish, zero for never
   */
  static Bucket open(ClusterLink link, String name, Duration ttl) {
    return link.call(() -> {
      KeyValueOptions options = KeyValueOptions.builder().jetStreamOptions(link.options()).build();
      KeyValueManagement management = link.connection().keyValueManagement(options);
      KeyValueConfiguration wanted = KeyValueConfiguration.builder().name(name).storageType(StorageType.File).ttl(ttl)
          .maxHistoryPerKey(1).replicas(link.replicas()).build();
      try {
        management.getStatus(name);
      } catch (io.nats.client.JetStreamApiException missing) {
        create(management, wanted);
      }
      readFromLeader(link, "KV_" + name);
      return new Bucket(link, link.connection().keyValue(name, options));
    });
  }

  private static void create(KeyValueManagement management, KeyValueConfiguration wanted)
      throws IOException, io.nats.client.JetStreamApiException {
    try {
      management.create(wanted);
    } catch (io.nats.client.JetStreamApiException refused) {
      if (refused.getApiErrorCode() != STREAM_EXISTS) {
        throw refused;
      }
      // another node was quicker
    }
  }

  /** Direct reads come from any replica, which may lag behind. */
  static void readFromLeader(ClusterLink link, String stream) throws IOException, io.nats.client.JetStreamApiException {
    StreamConfiguration now = link.management().getStreamInfo(stream).getConfiguration();
    if (now.getAllowDirect()) {
      link.management().updateStream(StreamConfiguration.builder(now).allowDirect(false).build());
    }
  }

  Optional<Entry> get(String key) {
    KeyValueEntry entry = link.call(() -> store.get(key));
    return entry == null || entry.getOperation() != KeyValueOperation.PUT ? Optional.empty()
        : Optional.of(new Entry(key, entry.getValue(), entry.getRevision()));
  }

  /** @return the revision, or 0 when the key exists already with another value */
  long create(String key, byte[] value) {
    return decided(key, value, () -> store.create(key, value));
  }

  /** @return the revision, or 0 when it was changed since that revision */
  long update(String key, byte[] value, long revision) {
    return decided(key, value, () -> store.update(key, value, revision));
  }

  private long decided(String key, byte[] value, ClusterLink.Call<Long> write) {
    try {
      return link.call(write);
    } catch (ClusterLink.Refused refused) {
      if (!refused.conflict()) {
        throw ClusterLink.unavailable(refused);
      }
      return get(key).filter(now -> Arrays.equals(now.value(), value)).map(Entry::revision).orElse(NONE);
    }
  }

  long put(String key, byte[] value) {
    return link.call(() -> store.put(key, value));
  }

  /** @return false when it was changed since that revision and is still there */
  boolean delete(String key, long revision) {
    try {
      link.call(() -> {
        store.delete(key, revision);
        return true;
      });
      return true;
    } catch (ClusterLink.Refused refused) {
      if (!refused.conflict()) {
        throw ClusterLink.unavailable(refused);
      }
      return get(key).isEmpty();
    }
  }

  void delete(String key) {
    link.call(() -> {
      store.delete(key);
      return true;
    });
  }

  /**
   * Tells of every value that is there and of every later change, in order, on one thread. Returns when the values that
   * are there have been told.
   */
  AutoCloseable watch(Consumer<Entry> listener) {
    CountDownLatch told = new CountDownLatch(1);
    KeyValueWatcher watcher = new KeyValueWatcher() {
      @Override
      public void watch(KeyValueEntry entry) {
        boolean there = entry.getOperation() == KeyValueOperation.PUT;
        listener.accept(new Entry(entry.getKey(), there ? entry.getValue() : null, entry.getRevision()));
      }

      @Override
      public void endOfData() {
        told.countDown();
      }
    };
    NatsKeyValueWatchSubscription subscription = link.call(() -> store.watchAll(watcher, new KeyValueWatchOption[0]));
    try {
      if (!told.await(WATCH_SEC, TimeUnit.SECONDS)) {
        throw ClusterLink.unavailable(null);
      }
    } catch (InterruptedException stopped) {
      throw ClusterLink.interrupted(stopped);
    }
    return subscription;
  }
}
