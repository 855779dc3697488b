package dev.cantora.daemon.cluster;

import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.BankFaults;
import dev.cantora.daemon.bank.Budget;
import dev.cantora.daemon.bank.DocumentKind;
import dev.cantora.daemon.bank.Draft;
import dev.cantora.daemon.bank.RenderIds;
import dev.cantora.daemon.bank.RenderKey;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.RenderNames;
import dev.cantora.daemon.bank.Replaceable;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.bank.StoredAudio;
import dev.cantora.daemon.bank.StoredJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The bank of a cluster: metas in a key-value bucket, changed by compare-and-set on their revisions; audio and documents in
 * an object store, written before the meta that names them, so that nobody sees half a render; the budget in {@link
 * ClusterLedger}. Single renders are read from the bucket's leader, lists from a copy that a watch keeps up to date.
 */
final class JetStreamBank implements Bank {
  static final String BUCKET = "cantora-renders";
  static final String OBJECTS = "cantora-audio";
  private static final int OBJECT_ID_BYTES = 12;

  /** @param folder on the node's own disk @param cacheBytes of audio kept there */
  record Settings(Path folder, long cacheBytes, Account.Limits limits, String nodeId) {}

  private final ClusterLink link;
  private final Bucket bucket;
  private final Objects objects;
  private final AudioCache cache;
  private final ClusterLedger ledger;
  private final RenderNames names;
  private final RenderIds ids = new RenderIds();
  private final InstantSource clock;
  private final RenderIndex index;
  private final ExecutorService io = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("bank-io-", 0).factory());
  private final UniqueNames objectIds = new UniqueNames(OBJECT_ID_BYTES);

  JetStreamBank(ClusterLink link, Settings settings, InstantSource clock) {
    this.link = link;
    this.clock = clock;
    this.bucket = Bucket.open(link, BUCKET, Duration.ZERO);
    this.objects = Objects.open(link, OBJECTS);
    this.cache = new AudioCache(settings.folder(), objects, settings.cacheBytes());
    this.ledger = new ClusterLedger(link, settings.limits(), settings.nodeId(), clock);
    this.names = new RenderNames(clock, () -> stored().stream().map(StoredRender::meta));
    this.index = new RenderIndex(bucket, clock);
  }

  @Override
  public Optional<String> failing() {
    return link.connected() ? Optional.empty() : Optional.of("cluster");
  }

  @Override
  public Budget budget() {
    return ledger.view();
  }

  @Override
  public List<RenderMeta> all() {
    if (!link.connected()) {
      throw ClusterLink.unavailable(null);
    }
    return stored().stream().map(StoredRender::meta).toList();
  }

  /** What is known to be stored, without a call to the server. */
  List<StoredRender> stored() {
    return index.stored();
  }

  @Override
  public Optional<RenderMeta> find(RenderKey key) {
    return read(key).map(entry -> StoredRender.read(entry.value()).meta());
  }

  private Optional<Bucket.Entry> read(RenderKey key) {
    return readAny(key).filter(entry -> !StoredRender.isGone(entry.value()));
  }

  /** Also one that somebody is about to delete. */
  private Optional<Bucket.Entry> readAny(RenderKey key) {
    Optional<Bucket.Entry> entry = bucket.get(StoredRender.name(key));
    entry.ifPresent(index::see);
    return entry;
  }

  /** A render's record now, straight from the cluster. */
  Optional<StoredRender> record(RenderKey key) {
    return read(key).map(entry -> StoredRender.read(entry.value()));
  }

  private StoredRender require(RenderKey key) {
    return StoredRender.read(read(key).orElseThrow(BankFaults::notFound).value());
  }

  @Override
  public Reservation reserve(long bytes, RenderKey replaces) {
    RenderIds.Named named = ids.next(clock.instant());
    long credit = replaces == null ? 0 : read(replaces).map(entry -> StoredRender.read(entry.value()).charge()).orElse(0L);
    ledger.promise(named.id(), bytes, credit);
    return new ClusterReservation(ledger, named, credit);
  }

  /** A reservation that another node made. */
  ClusterReservation adopt(RenderIds.Named named, long creditBytes) {
    return new ClusterReservation(ledger, named, creditBytes);
  }

  @Override
  public Draft draft(Reservation reservation) {
    return new ClusterDraft(this, (ClusterReservation) reservation, cache.stagingFile(), io);
  }

  @Override
  public StoredAudio audio(RenderKey key) {
    return Replaceable.read(() -> require(key), StoredRender::audio, render -> cache.open(render.audio(), render.wavHash()));
  }

  @Override
  public byte[] document(RenderKey key, DocumentKind kind) {
    return Replaceable.read(() -> require(key), StoredRender::audio, render -> document(render, kind));
  }

  private byte[] document(StoredRender render, DocumentKind kind) {
    try {
      byte[] json = kind == DocumentKind.META ? StoredJson.pretty(render.meta())
          : ClusterDraft.Documents.unpack(objects.get(render.documents()), kind.fileName());
      StoredJson.requireJson(json);
      return json;
    } catch (IOException failed) {
      throw BankFaults.unreadable(kind.fileName(), failed);
    }
  }

  @Override
  public RenderMeta update(RenderKey key, String name, Boolean pinned) {
    while (true) {
      Bucket.Entry now = read(key).orElseThrow(BankFaults::notFound);
      StoredRender render = StoredRender.read(now.value());
      StoredRender changed = render.with(render.meta().with(name, pinned));
      if (changed.equals(render) || write(changed, now.revision())) {
        return changed.meta();
      }
    }
  }

  @Override
  public RenderMeta promoteLast(RenderKey last, String owner, String name) {
    StoredRender source = require(last);
    return copy(source, names.promoted(source.meta(), owner, name, source.charge()));
  }

  private RenderMeta copy(StoredRender source, RenderMeta meta) {
    try (ClusterReservation room = (ClusterReservation) reserve(source.charge(), null)) {
      return publish(new StoredRender(meta, source.charge(), source.audio(), source.documents(), source.wavHash(),
          room.named().id()), room);
    } finally {
      names.settled(meta);
    }
  }

  /**
   * Files the audio and documents of a render once more.
   *
   * @param lastOf principal whose slot it replaces, or null for an id of its own
   * @param name null for a default name
   */
  RenderMeta copy(StoredRender source, String lastOf, String name, String createdBy, ClusterReservation room) {
    room.ensure(source.charge());
    RenderMeta meta = names.copied(source.meta(), room.named(), lastOf, name, createdBy);
    try {
      return publish(new StoredRender(meta, source.charge(), source.audio(), source.documents(), source.wavHash(),
          room.named().id()), room);
    } finally {
      names.settled(meta);
    }
  }

  /**
   * First the render is replaced by a mark that nobody else can have written, so that of several who delete it, or who try
   * again because an answer was lost, one takes its charge off the account.
   */
  @Override
  public void delete(RenderKey key) {
    byte[] mark = StoredRender.gone(objectName("gone"));
    while (true) {
      Bucket.Entry now = read(key).orElseThrow(BankFaults::notFound);
      long marked = bucket.update(now.key(), mark, now.revision());
      if (marked != 0) {
        index.seeMarked(now.key(), marked);
        ledger.correct(-StoredRender.read(now.value()).charge());
        bucket.delete(now.key(), marked);
        return;
      }
    }
  }

  /**
   * The moment a render comes into being. One that was stored under this reservation before stays as it is.
   *
   * @return its meta
   */
  RenderMeta publish(StoredRender render, ClusterReservation reservation) {
    while (true) {
      Optional<Bucket.Entry> now = readAny(render.meta().key());
      Optional<StoredRender> old = now.map(Bucket.Entry::value).filter(value -> !StoredRender.isGone(value)).map(StoredRender::read);
      if (old.isPresent() && (old.get().madeBy().equals(render.madeBy()) || !render.meta().key().isLast())) {
        reservation.settleKnown(old.get().charge());
        return old.get().meta();
      }
      if (write(render, now.map(Bucket.Entry::revision).orElse(0L))) {
        reservation.settle(render.charge(), old.map(StoredRender::charge).orElse(0L));
        return render.meta();
      }
    }
  }

  private boolean write(StoredRender render, long revision) {
    String name = StoredRender.name(render.meta().key());
    long written = revision == 0 ? bucket.create(name, render.written()) : bucket.update(name, render.written(), revision);
    if (written != 0) {
      index.see(name, render, written);
    }
    return written != 0;
  }

  /** A name that no object ever had. */
  String objectName(String kind) {
    return kind + "-" + objectIds.next();
  }

  /** For sweeps: a render that a node began to delete and did not finish. */
  void finishDeleting(RenderIndex.Remnant marked) {
    bucket.delete(marked.name(), marked.revision());
  }

  /** For sweeps: nothing stays of a render that was deleted long ago. */
  void forget(RenderIndex.Remnant deleted) {
    bucket.forget(deleted.name(), deleted.revision());
    index.forget(deleted);
  }

  RenderIndex index() {
    return index;
  }

  Objects objects() {
    return objects;
  }

  AudioCache cache() {
    return cache;
  }

  ClusterLedger ledger() {
    return ledger;
  }

  RenderNames names() {
    return names;
  }

  @Override
  public void close() {
    io.shutdown();
    Closing.quietly(index, ledger);
  }
}
