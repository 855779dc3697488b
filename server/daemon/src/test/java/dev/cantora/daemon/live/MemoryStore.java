package dev.cantora.daemon.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps takes in memory, or refuses them like a full bank. */
final class MemoryStore implements TakeStore {

  record Stored(FinishedTake take, String owner, JsonNode score) {}

  final BlockingQueue<Stored> stored = new LinkedBlockingQueue<>();
  volatile boolean full;

  @Override
  public SavedTake save(FinishedTake take, String owner) {
    if (full) {
      throw new ApiException(ErrorCode.RENDER_STORE_FULL);
    }
    TakeDocuments documents = new TakeDocuments(take);
    stored.add(new Stored(take, owner, documents.score()));
    return new SavedTake("take-" + stored.size(), take.name() == null ? "Live Take 00:00:00" : take.name(),
        take.take().durationSec(), "0".repeat(64), documents.eventLogHash(), documents.eventCount());
  }
}
