package dev.cantora.daemon.cluster;

import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.PurgeOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatchOption;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A key-value bucket with compare-and-set. Reads are answered by the stream's leader, so whoever reads after a write has
 * returned, on any node, sees it. A write whose acknowledgement was lost is recognised by its value when it is tried again,
 * so values of different writers must differ.
 */
final class Bucket {
  private static final long NONE = 0;
  private static final long WATCH_MS = 20_000;
  static final int STREAM_EXISTS = 10058;
  static final int NO_MESSAGE_FOUND = 10037;

  /** @param value null when the key was deleted */
  record Entry(String key, byte[] value, long revision) {}

  private final ClusterLink link;
  private final KeyValue store;
  private final String stream;

  private Bucket(ClusterLink link, KeyValue store) {
    this.link = link;
    this.store = store;
    this.stream = stream(store.getBucketName());
  }

  private static String stream(String name) {
    return "KV_" + name;
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
      readFromLeader(link, stream(name));
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

  /** Whether nothing is known of a key, not even that it was deleted. */
  boolean isBlank(String key) {
    try {
      link.call(() -> link.management().getLastMessage(stream, subject(key)));
      return false;
    } catch (ClusterLink.Refused refused) {
      if (refused.apiErrorCode() == NO_MESSAGE_FOUND) {
        return true;
      }
      throw ClusterLink.unavailable(refused);
    }
  }

  private String subject(String key) {
    return "$KV." + store.getBucketName() + "." + key;
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
   * Takes a deleted key's last traces away, unless it was written again: the mark that it was deleted stays for ever
   * otherwise. For keys of which every watch has heard long ago.
   *
   * @param revision of the mark
   */
  void forget(String key, long revision) {
    link.call(() -> link.management().purgeStream(stream,
        PurgeOptions.builder().subject(subject(key)).sequence(revision + 1).build()));
  }

  /**
   * Tells of every value that is there and of every later change, in order, on one thread. Returns when the values that
   * are there have been told.
   */
  BucketWatch watch(Consumer<Entry> listener) {
    BucketWatch watch = new BucketWatch(listener, this::lastWritten);
    long from = lastWritten();
    NatsKeyValueWatchSubscription subscription = link.call(() -> store.watchAll(watch, new KeyValueWatchOption[0]));
    try {
      if (!watch.awaitBegun(subscription, from, WATCH_MS)) {
        throw ClusterLink.unavailable(null);
      }
    } catch (InterruptedException stopped) {
      throw ClusterLink.interrupted(stopped);
    }
    return watch;
  }

  private long lastWritten() {
    return link.call(() -> link.management().getStreamInfo(stream).getStreamState().getLastSequence());
  }
}
