package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.daemon.bank.Document;
import dev.cantora.daemon.bank.DocumentKind;
import dev.cantora.daemon.bank.Draft;
import dev.cantora.daemon.json.Json;
import dev.cantora.engine.score.Score;
import java.util.concurrent.CompletableFuture;

/** The documents of a render that are known before it is sung: written out and stored while it is. */
final class Papers implements AutoCloseable {
  private final CompletableFuture<Document> score;
  private final CompletableFuture<Document> config;

  private Papers(CompletableFuture<Document> score, CompletableFuture<Document> config) {
    this.score = score;
    this.config = config;
  }

  /** @param sung the order's score with the phonemes of its words @param draft to be closed after this */
  static Papers begin(RenderOrder order, Score sung, Draft draft) {
    return new Papers(
        CompletableFuture.supplyAsync(() -> stored(draft, DocumentKind.SCORE, Document.of(scoreTree(order, sung))),
            Thread::startVirtualThread),
        CompletableFuture.supplyAsync(() -> stored(draft, DocumentKind.CONFIG, Document.of(Json.tree(order.fullConfig()))),
            Thread::startVirtualThread));
  }

  private static Document stored(Draft draft, DocumentKind kind, Document document) {
    draft.early(kind, document);
    return document;
  }

  private static ObjectNode scoreTree(RenderOrder order, Score sung) {
    return sung.phonemes() == order.score().phonemes() ? order.scoreTree()
        : OrderWords.withPhonemes(order.scoreTree(), sung.phonemes());
  }

  /** The score as sung. */
  Document score() {
    return score.join();
  }

  /** The configuration with its defaults. */
  Document config() {
    return config.join();
  }

  /** Waits until the draft is left alone. */
  @Override
  public void close() {
    CompletableFuture.allOf(score, config).exceptionally(failed -> null).join();
  }
}
