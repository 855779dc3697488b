package dev.cantora.daemon.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * This node's copy of the bucket of renders, for lists and sweeps: a watch keeps it up to date, and whoever reads or writes a
 * render tells it what it saw. Deleted ones are remembered for a while, so that a late word does not bring them back. Thread-safe.
 */
final class RenderIndex implements AutoCloseable {
  private final InstantSource clock;
  private final Map<String, Known> renders = new ConcurrentHashMap<>();
  private final BucketWatch watch;

  /** @param render null when it was deleted @param marked whether a mark stands in its place @param since when this was heard */
  private record Known(StoredRender render, boolean marked, long revision, Instant since) {}

  /** What is left of a deleted render. @param name in the bucket */
  record Remnant(String name, long revision) {}

  RenderIndex(Bucket bucket, InstantSource clock) {
    this.clock = clock;
    this.watch = bucket.watch(this::see);
  }

  void see(Bucket.Entry entry) {
    boolean marked = entry.value() != null && StoredRender.isGone(entry.value());
    StoredRender render = entry.value() == null || marked ? null : StoredRender.read(entry.value());
    see(entry.key(), new Known(render, marked, entry.revision(), clock.instant()));
  }

  void see(String name, StoredRender render, long revision) {
    see(name, new Known(render, false, revision, clock.instant()));
  }

  void seeMarked(String name, long revision) {
    see(name, new Known(null, true, revision, clock.instant()));
  }

  private void see(String name, Known newer) {
    renders.merge(name, newer, (known, next) -> next.revision > known.revision ? next : known);
  }

  List<StoredRender> stored() {
    return renders.values().stream().map(Known::render).filter(java.util.Objects::nonNull).toList();
  }

  /** Whether it lacks nothing that was written before the call. */
  boolean caughtUp() {
    return watch.caughtUp();
  }

  /** Renders that somebody began to delete. */
  List<Remnant> marked() {
    return remnants(Known::marked);
  }

  /** Renders that were deleted. @param before which that was heard */
  List<Remnant> deleted(Instant before) {
    return remnants(known -> known.render == null && !known.marked && known.since.isBefore(before));
  }

  private List<Remnant> remnants(Predicate<Known> wanted) {
    return renders.entrySet().stream().filter(one -> wanted.test(one.getValue()))
        .map(one -> new Remnant(one.getKey(), one.getValue().revision)).toList();
  }

  /** Nobody can be late any more. */
  void forget(Remnant deleted) {
    renders.computeIfPresent(deleted.name, (name, known) -> known.revision == deleted.revision ? null : known);
  }

  @Override
  public void close() throws Exception {
    watch.close();
  }
}
