package dev.cantora.daemon.http;

import dev.cantora.daemon.errors.Issue;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import java.util.List;

/** Handles requests with an Idempotency-Key once, however often they are sent. Thread-safe. */
final class IdempotentAnswers {
  static final String HEADER = "Idempotency-Key";

  private final AnswerStore store;

  IdempotentAnswers(AnswerStore store) {
    this.store = store;
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
    AnswerStore.Answer earlier = store.take(name, fingerprint(exchange));
    if (earlier != null) {
      earlier.headers().forEach(exchange::setHeader);
      exchange.setHeader("Idempotency-Replayed", "true");
      exchange.bytes(earlier.status(), earlier.contentType(), earlier.body());
      return;
    }
    exchange.onAnswer(answer -> store.keep(name, answer));
    try {
      handler.handle(exchange);
    } finally {
      store.release(name);
    }
  }

  /** Of all that makes the request what it is: query and body, or file. */
  private static String fingerprint(Exchange exchange) {
    byte[] content = exchange.file() != null ? exchange.file()
        : Json.bytes(exchange.body() == null ? Json.object() : exchange.body());
    return Sha256.hex(content) + "?" + exchange.request().query().rawValue();
  }
}
