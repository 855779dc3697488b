package dev.cantora.daemon.http;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.Issue;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Answers to requests with an Idempotency-Key, by principal, route and key. A key is taken while its request is under
 * way; an answer that is no error is kept for a day or until {@value #MOST} newer ones came. Thread-safe.
 */
final class IdempotentAnswers {
  static final String HEADER = "Idempotency-Key";
  private static final int MOST = 2000;
  /** What all kept answers may hold together; renders' answers have about 2 KiB. */
  private static final long MOST_BYTES = 32L << 20;
  private static final long DAY_NS = 86_400_000_000_000L;

  /** An answer as it was sent. @param body never changed */
  record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {}

  private static final class Entry {
    private final String bodyHash;
    private final long sinceNs;
    private Answer answer;

    private Entry(String bodyHash, long sinceNs) {
      this.bodyHash = bodyHash;
      this.sinceNs = sinceNs;
    }
  }

  private final LongSupplier nanoTime;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long keptBytes;

  IdempotentAnswers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Handles a request once, whatever how often it is sent. Requests without the header are always handled. */
  void serve(Exchange exchange, RestHandler handler) throws Exception {
    String key = exchange.header(HEADER).orElse(null);
    if (key == null || !exchange.operation().method().equals("POST") || exchange.principal() == null) {
      handler.handle(exchange);
      return;
    }
    if (!key.matches("[\\x21-\\x7e]{1,255}")) {
      throw Schemas.invalidBody(List.of(new Issue(HEADER, "must be 1 to 255 visible characters", "pattern")));
    }
    String name = exchange.principal().id() + "\n" + exchange.operation().id() + "\n" + key;
    Answer earlier = take(name, fingerprint(exchange));
    if (earlier != null) {
      earlier.headers().forEach(exchange::setHeader);
      exchange.setHeader("Idempotency-Replayed", "true");
      exchange.bytes(earlier.status(), earlier.contentType(), earlier.body());
      return;
    }
    exchange.onAnswer(answer -> keep(name, answer));
    try {
      handler.handle(exchange);
    } finally {
      releaseUnanswered(name);
    }
  }

  /** Of all that makes the request what it is: query and body, or file. */
  private static String fingerprint(Exchange exchange) {
    byte[] content = exchange.file() != null ? exchange.file()
        : Json.bytes(exchange.body() == null ? Json.object() : exchange.body());
    return Sha256.hex(content) + "?" + exchange.request().query().rawValue();
  }

  /** The earlier answer; null when the key is now this request's. */
  private synchronized Answer take(String name, String bodyHash) {
    Entry entry = entries.get(name);
    if (entry != null && entry.answer != null && nanoTime.getAsLong() - entry.sinceNs > DAY_NS) {
      forget(name);
      entry = null;
    }
    if (entry == null) {
      entries.put(name, new Entry(bodyHash, nanoTime.getAsLong()));
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

  private synchronized void keep(String name, Answer answer) {
    Entry entry = entries.get(name);
    if (entry != null && answer.status() < 300) {
      entry.answer = answer;
      keptBytes += answer.body().length;
      var oldest = List.copyOf(entries.entrySet()).iterator();
      while ((entries.size() > MOST || keptBytes > MOST_BYTES) && oldest.hasNext()) {
        Map.Entry<String, Entry> candidate = oldest.next();
        if (candidate.getValue().answer != null && !candidate.getKey().equals(name)) {
          forget(candidate.getKey());
        }
      }
    }
  }

  private synchronized void releaseUnanswered(String name) {
    Entry entry = entries.get(name);
    if (entry != null && entry.answer == null) {
      forget(name);
    }
  }

  private void forget(String name) {
    Entry gone = entries.remove(name);
    if (gone != null && gone.answer != null) {
      keptBytes -= gone.answer.body().length;
    }
  }
}
