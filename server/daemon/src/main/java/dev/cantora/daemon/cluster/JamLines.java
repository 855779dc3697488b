package dev.cantora.daemon.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines about all jam sessions, by session: in the cluster, and as this node heard them last. Thread-safe. */
final class JamLines implements AutoCloseable {
  static final String BUCKET = "cantora-jams";

  private final Bucket bucket;
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private final BucketWatch watch;

  private record Heard(JamLine line, long revision) {}

  JamLines(ClusterLink link) {
    this.bucket = Bucket.open(link, BUCKET, Duration.ZERO);
    this.watch = bucket.watch(entry -> {
      if (entry.value() == null) {
        heard.remove(entry.key());
      } else {
        see(entry.key(), JamLine.read(entry.value()), entry.revision());
      }
    });
  }

  private void see(String id, JamLine line, long revision) {
    heard.merge(id, new Heard(line, revision), (known, next) -> next.revision > known.revision ? next : known);
  }

  /** As it was heard last; null when there is none. */
  JamLine heard(String id) {
    return Optional.ofNullable(heard.get(id)).map(Heard::line).orElse(null);
  }

  void forEach(BiConsumer<String, JamLine> each) {
    heard.forEach((id, known) -> each.accept(id, known.line));
  }

  Stream<JamLine> heard(BiPredicate<String, JamLine> wanted) {
    return heard.entrySet().stream().filter(one -> wanted.test(one.getKey(), one.getValue().line)).map(one -> one.getValue().line);
  }

  /** Objects that lines name. */
  Set<String> objects() {
    return heard.values().stream().map(known -> known.line.object()).filter(Objects::nonNull).collect(Collectors.toSet());
  }

  /** Whether every line that was written before the call has been heard. */
  boolean caughtUp() {
    return watch.caughtUp();
  }

  /** As it is now, straight from the cluster. */
  Optional<JamLine> now(String id) {
    return bucket.get(id).map(entry -> JamLine.read(entry.value()));
  }

  void put(String id, JamLine line) {
    see(id, line, bucket.put(id, line.written()));
  }

  /** @return whether it was still that line, and is the other one now */
  boolean replace(String id, JamLine line, JamLine by) {
    Bucket.Entry entry = entry(id, line);
    long revision = entry == null ? 0 : bucket.update(id, by.written(), entry.revision());
    if (revision != 0) {
      see(id, by, revision);
    }
    return revision != 0;
  }

  /** Does nothing when it is another line by now. */
  void remove(String id, JamLine line) {
    Bucket.Entry entry = entry(id, line);
    if (entry != null) {
      bucket.delete(id, entry.revision());
    }
  }

  private Bucket.Entry entry(String id, JamLine line) {
    return bucket.get(id).filter(entry -> JamLine.read(entry.value()).equals(line)).orElse(null);
  }

  @Override
  public void close() throws Exception {
    watch.close();
  }
}
