package dev.cantora.daemon.cluster;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.http.AnswerStore;
import dev.cantora.daemon.json.Json;
import io.nats.client.api.StorageType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers that every node replays. A request whose node died while it was under way no longer holds its name; its job goes
 * on, and the request that is sent again finds it.
 */
final class ClusterAnswers implements AnswerStore {
  static final String BUCKET = "cantora-answers";
  private static final Duration KEPT = Duration.ofDays(1);
  /** Larger answers are not kept: they would not fit a message of NATS. */
  private static final int MOST_BYTES = 256 << 10;

  /** @param turn differs with every taking, so that no two nodes ever write the same value */
  private record Kept(String bodyHash, String node, String turn, Integer status, String contentType, byte[] body,
      Map<String, String> headers) {}

  private final Bucket bucket;
  private final Nodes nodes;
  /** Of this process, so that a node that was started again knows what its predecessor left. */
  private final String process = UUID.randomUUID().toString();

  ClusterAnswers(ClusterLink link, Nodes nodes) {
    this.bucket = Bucket.open(link, BUCKET, StorageType.File, KEPT);
    this.nodes = nodes;
  }

  private static String key(String name) {
    return Sha256.hex(name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Answer take(String name, String bodyHash) {
    byte[] mine = Json.bytes(new Kept(bodyHash, nodes.nodeId(), process + " " + UUID.randomUUID(), null, null, null, null));
    while (true) {
      Optional<Bucket.Entry> entry = bucket.get(key(name));
      if (entry.isEmpty() ? bucket.create(key(name), mine) != 0
          : free(read(entry.get()), bodyHash) && bucket.update(key(name), mine, entry.get().revision()) != 0) {
        return null;
      }
      if (entry.isPresent() && read(entry.get()).status() != null) {
        Kept kept = read(entry.get());
        return new Answer(kept.status(), kept.contentType(), kept.body(), kept.headers());
      }
    }
  }

  /** Whether whoever took the name died before it answered. */
  private boolean free(Kept kept, String bodyHash) {
    if (!kept.bodyHash().equals(bodyHash)) {
      throw new ApiException(ErrorCode.IDEMPOTENCY_KEY_REUSED);
    }
    if (kept.status() != null) {
      return false;
    }
    boolean alive = kept.node().equals(nodes.nodeId()) ? kept.turn().startsWith(process) : nodes.find(kept.node()).isPresent();
    if (alive) {
      throw ApiException.builder(ErrorCode.IDEMPOTENCY_KEY_IN_USE).header("Retry-After", "1").build();
    }
    return true;
  }

  private static Kept read(Bucket.Entry entry) {
    return Json.bind(Json.parse(entry.value()), Kept.class);
  }

  /** The entry while it is still this node's and unanswered. */
  private Optional<Bucket.Entry> own(String name) {
    return bucket.get(key(name)).filter(entry -> read(entry).status() == null && read(entry).node().equals(nodes.nodeId()));
  }

  @Override
  public void keep(String name, Answer answer) {
    if (answer.status() < 300 && answer.body().length <= MOST_BYTES) {
      own(name).ifPresent(entry -> {
        Kept taken = read(entry);
        bucket.update(key(name), Json.bytes(new Kept(taken.bodyHash(), taken.node(), taken.turn(), answer.status(),
            answer.contentType(), answer.body(), answer.headers())), entry.revision());
      });
    }
  }

  @Override
  public void release(String name) {
    own(name).ifPresent(entry -> bucket.delete(key(name), entry.revision()));
  }
}
