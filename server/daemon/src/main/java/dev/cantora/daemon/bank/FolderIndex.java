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
  private final Map<RenderKey, StoreEntry> whole = new ConcurrentHashMap<>();
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
    MetaLog.Contents logged = log.read();
    StoreScan.Result found = new StoreScan(layout).run(logged.lines());
    found.whole().forEach(entry -> whole.put(entry.key(), entry));
    ledger.reconcile(found.whole().stream().mapToLong(StoreEntry::charge).sum());
    found.damaged().forEach(this::skip);
    if (!logged.intact() || logged.lines().size() != found.believed().size() || whole.size() != found.believed().size()) {
      log.rewrite(whole.values());
    }
    check = new IndexCheck(found.believed().stream().filter(entry -> whole.get(entry.key()) == entry).toList(), this::correct);
    LOG.atInfo().addKeyValue("renders", whole.size()).addKeyValue("skipped", found.damaged().size())
        .addKeyValue("swept", found.leftovers().size()).addKeyValue("usedBytes", ledger.view().usedBytes())
        .log("render_store_opened");
    return found.leftovers();
  }

  private void skip(Path folder, String reason) {
    LOG.atWarn().addKeyValue("folder", folder.getFileName().toString()).addKeyValue("reason", reason)
        .log("render_store_entry_skipped");
    if (FolderLayout.slotOf(folder).isEmpty()) {
      damaged.put(RenderKey.of(folder.getFileName().toString()), folder);
    }
  }

  /** The log of metas was wrong about a folder: the folder is right. */
  private void correct(StoreEntry logged, StoreEntry found) {
    synchronized (changes) {
      RenderKey key = logged.key();
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
  Collection<StoreEntry> all() {
    return whole.values();
  }

  /** READ_ERROR when it is there and damaged. */
  Optional<StoreEntry> find(RenderKey key) {
    StoreEntry entry = whole.get(key);
    if (entry == null && damaged.containsKey(key)) {
      throw BankFaults.unreadable(DocumentKind.META.fileName(), null);
    }
    return Optional.ofNullable(entry);
  }

  /** Where a render lies, also a damaged one. */
  Optional<Path> folder(RenderKey key) {
    StoreEntry entry = whole.get(key);
    return Optional.ofNullable(entry != null ? entry.folder() : damaged.get(key));
  }

  /** Writes down what is about to become visible. */
  void announce(StoreEntry entry) throws IOException {
    log.append(entry, whole.values());
  }

  /** @return what it replaced, or null */
  StoreEntry put(RenderKey key, StoreEntry entry) {
    return whole.put(key, entry);
  }

  void remove(RenderKey key) {
    damaged.remove(key);
    StoreEntry entry = whole.remove(key);
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
