package dev.cantora.daemon.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.model.RenderOutcome;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.render.QueuedWork;
import dev.cantora.daemon.render.Results;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which render of the bank came of which score, voice, settings and engine. A result is used again only while the render it
 * belongs to is still in the bank, so that its audio cannot be swept meanwhile.
 */
final class ClusterResults implements Results {
  static final String BUCKET = "cantora-results";
  private static final Logger LOG = LoggerFactory.getLogger(ClusterResults.class);
  private static final Duration KEPT = Duration.ofDays(30);

  private final Bucket bucket;
  private final JetStreamBank bank;
  private final String engineHash;

  /** @param engineHash over the code that makes the bytes */
  ClusterResults(ClusterLink link, JetStreamBank bank, String engineHash) {
    this.bucket = Bucket.open(link, BUCKET, KEPT);
    this.bank = bank;
    this.engineHash = engineHash;
  }

  private String key(String hash) {
    return engineHash.substring(0, 16) + "." + hash;
  }

  @Override
  public Optional<QueuedWork.Result> find(String hash, Filing filing, Reservation room) {
    return bucket.get(key(hash)).flatMap(entry -> {
      JsonNode known = Json.parse(entry.value());
      StoredRender source = StoredRender.read(Json.bytes(known.path("render")));
      boolean there = bank.record(source.meta().key()).filter(now -> now.audio().equals(source.audio())).isPresent();
      if (!there) {
        return Optional.empty();
      }
      RenderMeta meta = bank.copy(source, filing.lastOf(), filing.name(), filing.createdBy(), (ClusterReservation) room);
      RenderOutcome outcome = Json.bind(known.path("outcome"), RenderOutcome.class);
      QueuedWork.Result result = new QueuedWork.Result(outcome.toBuilder().reused(true).build(), meta);
      if (filing.lastOf() == null) {
        remember(hash, meta, outcome);
      }
      return Optional.of(result);
    });
  }

  @Override
  public void made(String hash, QueuedWork.Result result) {
    try {
      remember(hash, result.meta(), result.outcome());
    } catch (RuntimeException notRemembered) {
      LOG.debug("cluster_result_not_remembered", notRemembered);
    }
  }

  private void remember(String hash, RenderMeta meta, RenderOutcome outcome) {
    bank.record(meta.key()).filter(stored -> stored.wavHash().startsWith(meta.wavHash())).ifPresent(stored -> {
      ObjectNode known = Json.object();
      known.set("render", Json.parse(stored.written()));
      known.set("outcome", Json.tree(outcome));
      bucket.put(key(hash), Json.bytes(known));
    });
  }
}
