package dev.cantora.daemon.cluster;

import dev.cantora.daemon.dictionary.DictionaryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Pronunciation dictionaries that all nodes share: changed by compare-and-set, and nodes hear which one is another. Thread-safe. */
final class ClusterDictionaries implements DictionaryStore, AutoCloseable {
  static final String BUCKET = "cantora-dictionaries";

  private final Bucket bucket;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final AutoCloseable watch;

  ClusterDictionaries(ClusterLink link) {
    this.bucket = Bucket.open(link, BUCKET, Duration.ZERO);
    this.watch = bucket.watch(entry -> listeners.forEach(told -> told.accept(entry.key())));
  }

  @Override
  public void onChange(Consumer<String> told) {
    listeners.add(told);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    Optional<Bucket.Entry> entry = bucket.get(name);
    return entry.isEmpty() ? Optional.empty() : Optional.of(Zipped.unzip(entry.get().value()));
  }

  @Override
  public Optional<byte[]> change(String name, UnaryOperator<Optional<byte[]>> change) {
    while (true) {
      Optional<Bucket.Entry> entry = bucket.get(name);
      Optional<byte[]> before = entry.map(ClusterDictionaries::plain);
      Optional<byte[]> after = change.apply(before);
      if (after == before || after.isEmpty()) {
        return after;
      }
      byte[] packed = Zipped.zip(after.get());
      if ((entry.isEmpty() ? bucket.create(name, packed) : bucket.update(name, packed, entry.get().revision())) != 0) {
        return after;
      }
    }
  }

  private static byte[] plain(Bucket.Entry entry) {
    try {
      return Zipped.unzip(entry.value());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    Closing.quietly(watch);
  }
}
