package dev.cantora.daemon.bank;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store holds, in memory, and the account that goes with it. Reads are free; whoever changes it holds
 * {@link #changes()}.
 */
final class FolderIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderIndex.class);

  private final FolderLayout layout;
  private final BudgetLedger ledger;
  private final MetaLog log;
  private final Map<RenderKey, StoreScan.Entry> whole = new ConcurrentHashMap<>();
  private final Map<RenderKey, Path> damaged = new ConcurrentHashMap<>();
  private final Object changes = new Object();
  private IndexCheck check;

  FolderIndex(FolderLayout layout, BudgetLedger ledger) {
    this.layout = layout;
    this.ledger = ledger;
    this.log = new MetaLog(layout);
  }

  /** Reads the store. @return what can be swept */
  List<Path> load() throws IOException {
    Map<Path, StoreScan.Entry> known = log.read();
    StoreScan.Result found = new StoreScan(layout).run(known);
    found.whole().forEach(entry -> whole.put(keyOf(entry), entry));
    ledger.reconcile(found.whole().stream().mapToLong(StoreScan.Entry::charge).sum());
    found.damaged().forEach(this::skip);
    boolean logged = known.size() == whole.size() && whole.values().stream().allMatch(entry -> known.get(entry.folder()) == entry);
    if (!logged) {
      log.rewrite(whole.values());
    }
    check = new IndexCheck(found.whole().stream().filter(entry -> known.get(entry.folder()) == entry).toList(), this::correct);
    LOG.atInfo().addKeyValue("renders", whole.size()).addKeyValue("skipped", found.damaged().size())
        .addKeyValue("swept", found.leftovers().size()).addKeyValue("usedBytes", ledger.view().usedBytes())
        .log("render_store_opened");
    return found.leftovers();
  }

  /** The plain {@code last} folder belongs to nobody, whatever its meta says. */
  private static RenderKey keyOf(StoreScan.Entry entry) {
    boolean plainLast = entry.folder().getFileName().toString().equals(RenderKey.LAST);
    return plainLast ? RenderKey.UNOWNED_LAST : entry.meta().key();
  }

  private void skip(Path folder, String reason) {
    LOG.atWarn().addKeyValue("folder", folder.getFileName().toString()).addKeyValue("reason", reason)
        .log("render_store_entry_skipped");
    if (FolderLayout.slotOf(folder).isEmpty()) {
      damaged.put(RenderKey.of(folder.getFileName().toString()), folder);
    }
  }

  /** The log of metas was wrong about a folder: the folder is right. */
  private void correct(StoreScan.Entry logged, StoreScan.Entry found) {
    synchronized (changes) {
      RenderKey key = keyOf(logged);
      if (whole.get(key) != logged) {
        return; // changed since the start, so the log was not asked
      }
      if (found == null) {
        whole.remove(key);
        ledger.remove(logged.charge());
        skip(logged.folder(), "not whole");
      } else {
        whole.put(key, found);
        ledger.remove(logged.charge() - found.charge());
      }
    }
  }

  /** Lock of all changes. */
  Object changes() {
    return changes;
  }

  /** A live view. */
  Collection<StoreScan.Entry> all() {
    return whole.values();
  }

  /** READ_ERROR when it is there and damaged. */
  Optional<StoreScan.Entry> find(RenderKey key) {
    StoreScan.Entry entry = whole.get(key);
    if (entry == null && damaged.containsKey(key)) {
      throw BankFaults.unreadable(DocumentKind.META.fileName(), null);
    }
    return Optional.ofNullable(entry);
  }

  /** Where a render lies, also a damaged one. */
  Optional<Path> folder(RenderKey key) {
    StoreScan.Entry entry = whole.get(key);
    return Optional.ofNullable(entry != null ? entry.folder() : damaged.get(key));
  }

  /** Writes down what is about to become visible. */
  void announce(StoreScan.Entry entry) throws IOException {
    log.append(entry, whole.values());
  }

  /** @return what it replaced, or null */
  StoreScan.Entry put(RenderKey key, StoreScan.Entry entry) {
    return whole.put(key, entry);
  }

  void remove(RenderKey key) {
    damaged.remove(key);
    StoreScan.Entry entry = whole.remove(key);
    if (entry != null) {
      ledger.remove(entry.charge());
    }
  }

  /** Waits until everything that the start believed has been compared with the disk. */
  void awaitChecked() throws InterruptedException {
    check.finish();
  }

  @Override
  public void close() {
    if (check != null) {
      check.close();
    }
    log.close();
  }
}
