package dev.cantora.daemon.bank;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bank in a folder of the local disk; see {@link FolderLayout}. Metas are kept in memory, everything else is read when
 * asked for. Renames, deletions and changes of metas happen under one lock, the slow parts (writing and syncing audio)
 * outside of it.
 */
public final class FolderBank implements Bank {
  private static final Logger LOG = LoggerFactory.getLogger(FolderBank.class);
  private static final long DOCUMENT_LIMIT_BYTES = 256L << 20;
  private static final int PROMOTE_ATTEMPTS = 5;

  /** @param perRenderBudgetBytes of one render @param storeBudgetBytes of all together */
  public record Settings(Path folder, long perRenderBudgetBytes, long storeBudgetBytes) {}

  private final FolderLayout layout;
  private final BudgetLedger ledger;
  private final FolderIndex index;
  private final RenderNames names;
  private final InstantSource clock;
  private final StoreDoor door;
  private final ExecutorService io;

  /**
   * Opens the store and sweeps what a killed process left. A store that cannot be opened is no reason to throw: it is
   * tried again when asked for, and {@link #failing} says why.
   */
  public FolderBank(Settings settings, InstantSource clock) {
    this.layout = new FolderLayout(settings.folder());
    this.ledger = new BudgetLedger(settings.perRenderBudgetBytes(), settings.storeBudgetBytes());
    this.index = new FolderIndex(layout, ledger);
    this.clock = clock;
    this.names = new RenderNames(clock, () -> index.all().stream().map(StoreEntry::meta));
    this.io = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("bank-io-", 0).factory());
    this.door = new StoreDoor(layout, () -> index.load().forEach(this::discard));
    door.failing();
  }

  @Override
  public Optional<String> failing() {
    return door.failing();
  }

  @Override
  public Budget budget() {
    door.requireOpen();
    return ledger.view();
  }

  @Override
  public List<RenderMeta> all() {
    door.requireOpen();
    return index.all().stream().map(StoreEntry::meta).toList();
  }

  @Override
  public Optional<RenderMeta> find(RenderKey key) {
    door.requireOpen();
    return index.find(key).map(StoreEntry::meta);
  }

  private StoreEntry require(RenderKey key) {
    door.requireOpen();
    return index.find(key).orElseThrow(BankFaults::notFound);
  }

  /** Waits for a change that is under way: it may have moved the files already. */
  private StoreEntry requireSettled(RenderKey key) {
    synchronized (index.changes()) {
      return require(key);
    }
  }

  @Override
  public Reservation reserve(long bytes, RenderKey replaces) {
    door.requireOpen();
    Optional<StoreEntry> old = replaces == null ? Optional.empty() : index.find(replaces);
    return ledger.promise(bytes, old.map(StoreEntry::charge).orElse(0L));
  }

  @Override
  public Draft draft(Reservation reservation) {
    return new FolderDraft(this, (LedgerReservation) reservation, layout.staging("render"), io);
  }

  @Override
  public StoredAudio audio(RenderKey key) {
    return Replaceable.read(() -> require(key), () -> requireSettled(key), StoreEntry::folder, FolderBank::audio);
  }

  private static StoredAudio audio(StoreEntry entry) {
    try {
      return new FolderAudio(entry.folder().resolve(FolderLayout.AUDIO), wavHash(entry));
    } catch (IOException failed) {
      throw BankFaults.unreadable(FolderLayout.AUDIO, failed);
    }
  }

  /** The full hash from the provenance when it can be read and agrees with the meta, else the meta's eight digits. */
  private static String wavHash(StoreEntry entry) {
    String shortHash = entry.meta().wavHash();
    try {
      String full = StoredJson.tree(DurableFiles.read(entry.folder().resolve(DocumentKind.PROVENANCE.fileName()),
          DOCUMENT_LIMIT_BYTES)).path("wavHash").asText("");
      return full.startsWith(shortHash) ? full : shortHash;
    } catch (IOException unreadable) {
      return shortHash;
    }
  }

  @Override
  public byte[] document(RenderKey key, DocumentKind kind) {
    return Replaceable.read(() -> require(key), () -> requireSettled(key), StoreEntry::folder, entry -> document(entry, kind));
  }

  private static byte[] document(StoreEntry entry, DocumentKind kind) {
    try {
      byte[] json = DurableFiles.read(entry.folder().resolve(kind.fileName()), DOCUMENT_LIMIT_BYTES);
      StoredJson.requireJson(json);
      return json;
    } catch (IOException failed) {
      throw BankFaults.unreadable(kind.fileName(), failed);
    }
  }

  @Override
  public RenderMeta update(RenderKey key, String name, Boolean pinned) {
    synchronized (index.changes()) {
      StoreEntry entry = require(key);
      StoreEntry successor =
          StoreEntry.of(entry.meta().with(name, pinned), entry.folder(), entry.charge());
      Path written = layout.staging("meta");
      try {
        DurableFiles.writeNew(written, StoredJson.pretty(successor.meta()));
        index.announce(successor);
        DurableFiles.moveAtomically(written, entry.folder().resolve(DocumentKind.META.fileName()));
        DurableFiles.syncFolder(entry.folder());
      } catch (NoSuchFileException gone) {
        deleteQuietly(written);
        throw BankFaults.unreadable(DocumentKind.META.fileName(), gone);
      } catch (IOException failed) {
        deleteQuietly(written);
        throw unwritable(failed, 0);
      }
      index.put(key, successor);
      return successor.meta();
    }
  }

  @Override
  public RenderMeta promoteLast(RenderKey last, String owner, String name) {
    for (int attempt = 1; ; attempt++) {
      StoreEntry source = attempt == 1 ? require(last) : requireSettled(last);
      try (LedgerReservation room = ledger.promise(source.charge(), 0)) {
        return new Promotion(this, layout.staging("promote"), names).run(source, owner, name, room);
      } catch (NoSuchFileException replaced) {
        // a newer render took the slot while its files were linked: promote that one
        if (attempt == PROMOTE_ATTEMPTS) {
          throw BankFaults.unreadable(FolderLayout.AUDIO, replaced);
        }
      } catch (IOException failed) {
        throw unwritable(failed, source.charge());
      }
    }
  }

  @Override
  public void delete(RenderKey key) {
    door.requireOpen();
    Path gone = layout.staging("gone");
    synchronized (index.changes()) {
      Path folder = index.folder(key).orElseThrow(BankFaults::notFound);
      try {
        DurableFiles.moveAtomically(folder, gone);
        DurableFiles.syncFolder(layout.root());
      } catch (NoSuchFileException already) {
        // somebody deleted the folder by hand; forget it too
      } catch (IOException failed) {
        throw unwritable(failed, 0);
      }
      index.remove(key);
    }
    deleteQuietly(gone);
  }

  /** The moment a render comes into being: one rename. */
  void publish(Path staging, RenderMeta meta, long charge, LedgerReservation reservation) throws IOException {
    StoreEntry replaced;
    synchronized (index.changes()) {
      RenderKey key = meta.key();
      StoreEntry entry = StoreEntry.of(meta, key.isLast() ? nextSlot(key) : layout.render(meta.id()), charge);
      index.announce(entry);
      DurableFiles.moveAtomically(staging, entry.folder());
      replaced = index.put(key, entry);
      reservation.settle(charge, replaced == null ? 0 : replaced.charge());
    }
    DurableFiles.syncFolder(layout.root());
    if (replaced != null) {
      // nobody waits for the deletion of a large file; a kill before it leaves what the next start sweeps
      Path folder = replaced.folder();
      io.execute(() -> discard(folder));
    }
    warnWhenNearlyFull();
  }

  private Path nextSlot(RenderKey key) {
    long current = index.folder(key).flatMap(FolderLayout::slotOf).map(FolderLayout.Slot::sequence).orElse(0L);
    // the clock, so that the number also exceeds that of an unreadable slot nobody counts
    return layout.slot(key.lastOf(), Math.max(current + 1, clock.millis()));
  }

  private void warnWhenNearlyFull() {
    Budget budget = ledger.view();
    if (budget.utilizationFraction() >= Budget.HIGH_UTILIZATION) {
      LOG.atWarn().addKeyValue("usedMb", budget.usedBytes() >> 20).addKeyValue("budgetMb", budget.storeBudgetBytes() >> 20)
          .addKeyValue("utilization", Math.round(budget.utilizationFraction() * 100))
          .log("render_store_high_utilization");
    }
  }

  RuntimeException unwritable(IOException failure, long incomingBytes) {
    return BankFaults.unwritable(failure, ledger.view(), incomingBytes);
  }

  RenderNames names() {
    return names;
  }

  /** Waits until everything that the start believed has been compared with the disk. */
  void awaitChecked() throws InterruptedException {
    index.awaitChecked();
  }

  /** Renames first: a kill in the middle of deleting must not leave half a render that looks like one. */
  private void discard(Path folder) {
    Path gone = layout.staging("gone");
    try {
      DurableFiles.moveAtomically(folder, gone);
    } catch (IOException stays) {
      gone = folder;
    }
    deleteQuietly(gone);
  }

  /** What cannot be deleted now is hidden, and swept at the next start. */
  void deleteQuietly(Path tree) {
    try {
      DurableFiles.deleteTree(tree);
    } catch (IOException leftover) {
      LOG.atWarn().addKeyValue("folder", tree.getFileName().toString())
          .addKeyValue("reason", BankFaults.errno(leftover)).log("render_store_leftover");
    }
  }

  @Override
  public void close() {
    io.shutdown();
    index.close();
    door.close();
  }
}
