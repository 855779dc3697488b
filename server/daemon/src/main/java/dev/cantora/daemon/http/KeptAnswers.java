package dev.cantora.daemon.http;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.shelf.Shelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers in memory and, over a restart, on the disk: for a day or until {@value #MOST} newer ones came. An answer is on the
 * disk before it is sent.
 */
public final class KeptAnswers implements AnswerStore {
  private static final int MOST = 2000;
  /** What all kept answers may hold together; renders' answers have about 2 KiB. */
  private static final long MOST_BYTES = 32L << 20;
  private static final long DAY_MS = 86_400_000;
  private static final Logger LOG = LoggerFactory.getLogger(KeptAnswers.class);

  /** As it is on the disk. @param name principal, route and key @param sinceMs ms since 1970 */
  private record Kept(String name, String bodyHash, long sinceMs, Answer answer) {}

  private static final class Entry {
    private final String bodyHash;
    private final long sinceMs;
    private Answer answer;

    private Entry(String bodyHash, long sinceMs) {
      this.bodyHash = bodyHash;
      this.sinceMs = sinceMs;
    }
  }

  private final InstantSource clock;
  private final Shelf shelf;
  /** The oldest first. */
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private boolean loaded;
  private long keptBytes;

  /** @param shelf where answers outlive the daemon; read when the first key comes */
  public KeptAnswers(InstantSource clock, Shelf shelf) {
    this.clock = clock;
    this.shelf = shelf;
  }

  @Override
  public synchronized Answer take(String name, String bodyHash) {
    load();
    Entry entry = entries.get(name);
    if (entry != null && entry.answer != null && clock.millis() - entry.sinceMs > DAY_MS) {
      forget(name);
      entry = null;
    }
    if (entry == null) {
      entries.put(name, new Entry(bodyHash, clock.millis()));
      return null;
    }
    if (!entry.bodyHash.equals(bodyHash)) {
      throw new ApiException(ErrorCode.IDEMPOTENCY_KEY_REUSED);
    }
    if (entry.answer == null) {
      throw ApiException.builder(ErrorCode.IDEMPOTENCY_KEY_IN_USE).header("Retry-After", "1").build();
    }
    return entry.answer;
  }

  @Override
  public void keep(String name, Answer answer) {
    Entry entry;
    synchronized (this) {
      entry = entries.get(name);
    }
    if (entry == null || answer.status() >= 300) {
      return;
    }
    // still this request's key: nobody else writes the document
    try {
      shelf.put(document(name), Json.bytes(new Kept(name, entry.bodyHash, entry.sinceMs, answer)));
    } catch (IOException diskRefuses) {
      LOG.atWarn().setCause(diskRefuses).log("idempotent_answer_not_kept");
    }
    synchronized (this) {
      entry.answer = answer;
      keptBytes += answer.body().length;
      forgetOldest(name);
    }
  }

  private void forgetOldest(String butNot) {
    var oldest = List.copyOf(entries.entrySet()).iterator();
    while ((entries.size() > MOST || keptBytes > MOST_BYTES) && oldest.hasNext()) {
      Map.Entry<String, Entry> candidate = oldest.next();
      if (candidate.getValue().answer != null && !candidate.getKey().equals(butNot)) {
        forget(candidate.getKey());
      }
    }
  }

  /** Answers of earlier daemons, the oldest first. */
  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    List<Kept> found = new ArrayList<>();
    for (Shelf.Document document : shelf.all()) {
      try {
        Kept kept = Json.bind(Json.parse(document.content()), Kept.class);
        boolean whole = kept.name() != null && kept.answer() != null && document(kept.name()).equals(document.name());
        if (whole && clock.millis() - kept.sinceMs() <= DAY_MS) {
          found.add(kept);
        } else {
          shelf.remove(document.name());
        }
      } catch (ApiException damaged) {
        shelf.remove(document.name());
      }
    }
    found.sort(Comparator.comparingLong(Kept::sinceMs));
    for (Kept kept : found) {
      Entry entry = new Entry(kept.bodyHash(), kept.sinceMs());
      entry.answer = kept.answer();
      keptBytes += kept.answer().body().length;
      entries.put(kept.name(), entry);
    }
    forgetOldest("");
  }

  private static String document(String name) {
    return Sha256.hex(name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void release(String name) {
    Entry entry = entries.get(name);
    if (entry != null && entry.answer == null) {
      forget(name);
    }
  }

  private void forget(String name) {
    Entry gone = entries.remove(name);
    if (gone != null && gone.answer != null) {
      keptBytes -= gone.answer.body().length;
      shelf.remove(document(name));
    }
  }
}
