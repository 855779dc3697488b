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
  private final RenderOrder order;
  private final Score sung;
  private final Draft draft;
  private long frames;
  private CompletableFuture<Document> score;
  private CompletableFuture<Document> config;

  /** @param sung the order's score with the phonemes of its words @param draft to be closed after this */
  Papers(RenderOrder order, Score sung, Draft draft) {
    this.order = order;
    this.sung = sung;
    this.draft = draft;
  }

  /** Begins, unless it has begun. */
  Papers begin() {
    if (score == null) {
      score = CompletableFuture.supplyAsync(() -> stored(draft, DocumentKind.SCORE, Document.of(scoreTree(order, sung))),
          Thread::startVirtualThread);
      config = CompletableFuture.supplyAsync(
          () -> stored(draft, DocumentKind.CONFIG, Document.of(Json.tree(order.fullConfig()))), Thread::startVirtualThread);
    }
    return this;
  }

  /** Begins once a second has been sung: until then somebody waits for every sample. */
  void sung(int moreFrames) {
    frames += moreFrames;
    if (frames >= order.sampleRateHz()) {
      begin();
    }
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
    return begin().score.join();
  }

  /** The configuration with its defaults. */
  Document config() {
    return begin().config.join();
  }

  /** Waits until the draft is left alone. */
  @Override
  public void close() {
    if (score != null) {
      CompletableFuture.allOf(score, config).exceptionally(failed -> null).join();
    }
  }
}
