package dev.cantora.daemon.cluster;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.http.AnswerStore;
import dev.cantora.daemon.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers that every node replays. A request whose node died while it was under way no longer holds its name; its job goes
 * on, and the request that is sent again finds it. A name that cannot be given back while NATS is away is given back later.
 */
final class ClusterAnswers implements AnswerStore {
  static final String BUCKET = "cantora-answers";
  private static final Duration KEPT = Duration.ofDays(1);
  /** Larger answers are not kept: they would not fit a message of NATS. */
  private static final int MOST_BYTES = 256 << 10;

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int MOST_RETRIES = 600;

  /** @param turn differs with every taking, so that no two nodes ever write the same value */
  private record Kept(String bodyHash, String node, String turn, Integer status, String contentType, byte[] body,
      Map<String, String> headers) {}

  private final Bucket bucket;
  private final Nodes nodes;
  /** Turns of requests that this process has under way. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  /** The turn in which this process took a name. */
  private final Map<String, String> turns = new ConcurrentHashMap<>();

  ClusterAnswers(ClusterLink link, Nodes nodes) {
    this.bucket = Bucket.open(link, BUCKET, KEPT);
    this.nodes = nodes;
  }

  private static String key(String name) {
    return Sha256.hex(name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Answer take(String name, String bodyHash) {
    String turn = UUID.randomUUID().toString();
    underWay.add(turn); // before anybody can read of it
    try {
      Answer earlier = take(name, bodyHash, turn);
      if (earlier == null) {
        turns.put(name, turn);
      }
      return earlier;
    } catch (ApiException refused) {
      if (refused.code() == ErrorCode.CLUSTER_UNAVAILABLE) {
        giveBackLater(name, turn); // it may have been taken all the same
      }
      throw refused;
    } finally {
      if (!turn.equals(turns.get(name))) {
        underWay.remove(turn);
      }
    }
  }

  private Answer take(String name, String bodyHash, String turn) {
    byte[] mine = Json.bytes(new Kept(bodyHash, nodes.nodeId(), turn, null, null, null, null));
    while (true) {
      Optional<Bucket.Entry> entry = bucket.get(key(name));
      Kept kept = entry.map(ClusterAnswers::read).orElse(null);
      if (kept == null ? bucket.create(key(name), mine) != 0
          : free(kept, bodyHash) && bucket.update(key(name), mine, entry.get().revision()) != 0) {
        return null;
      }
      if (kept != null && kept.status() != null) {
        return new Answer(kept.status(), kept.contentType(), kept.body(), kept.headers());
      }
    }
  }

  /** Whether whoever took the name died, or gave up, before it answered. */
  private boolean free(Kept kept, String bodyHash) {
    if (!kept.bodyHash().equals(bodyHash)) {
      throw new ApiException(ErrorCode.IDEMPOTENCY_KEY_REUSED);
    }
    if (kept.status() != null) {
      return false;
    }
    boolean alive = kept.node().equals(nodes.nodeId()) ? underWay.contains(kept.turn()) : nodes.find(kept.node()).isPresent();
    if (alive) {
      throw ApiException.builder(ErrorCode.IDEMPOTENCY_KEY_IN_USE).header("Retry-After", "1").build();
    }
    return true;
  }

  private static Kept read(Bucket.Entry entry) {
    return Json.bind(Json.parse(entry.value()), Kept.class);
  }

  /** The entry while it is still of this turn and unanswered. */
  private Optional<Bucket.Entry> own(String name, String turn) {
    return bucket.get(key(name)).filter(entry -> {
      Kept kept = read(entry);
      return kept.status() == null && kept.turn().equals(turn);
    });
  }

  @Override
  public void keep(String name, Answer answer) {
    if (answer.status() < 300 && answer.body().length <= MOST_BYTES) {
      own(name, turns.get(name)).ifPresent(entry -> {
        Kept taken = read(entry);
        bucket.update(key(name), Json.bytes(new Kept(taken.bodyHash(), taken.node(), taken.turn(), answer.status(),
            answer.contentType(), answer.body(), answer.headers())), entry.revision());
      });
    }
  }

  @Override
  public void release(String name) {
    String turn = turns.remove(name);
    underWay.remove(turn);
    try {
      giveBack(name, turn);
    } catch (ApiException away) {
      giveBackLater(name, turn);
    }
  }

  private void giveBack(String name, String turn) {
    own(name, turn).ifPresent(entry -> bucket.delete(key(name), entry.revision()));
  }

  /** Until then other nodes take the request for one that is under way. */
  private void giveBackLater(String name, String turn) {
    Thread.ofVirtual().name("cluster-answers").start(() -> {
      for (int i = 0; i < MOST_RETRIES; i++) {
        try {
          Thread.sleep(RETRY);
          giveBack(name, turn);
          return;
        } catch (ApiException stillAway) {
          // once more
        } catch (InterruptedException stopped) {
          return;
        }
      }
    });
  }
}
