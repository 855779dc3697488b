package dev.cantora.daemon.cluster;

import dev.cantora.daemon.jam.JamDirectory.Tape;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tapes of sessions that go on: the node that has one puts a copy into the object store for the node that asks. Thread-safe. */
final class TapeLoans implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TapeLoans.class);
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final String LEND = "cantora.jams.lend.";

  private final ClusterLink link;
  private final JamObjects objects;
  private final ExecutorService lenders = Executors.newVirtualThreadPerTaskExecutor();
  private Dispatcher requests;

  TapeLoans(ClusterLink link, JamObjects objects) {
    this.link = link;
    this.objects = objects;
  }

  /** From now on others may ask this node. @param tapes by session id */
  void open(String nodeId, Function<String, Optional<Tape>> tapes) {
    requests = link.connection().createDispatcher(message -> lenders.execute(() -> lend(message, tapes)));
    requests.subscribe(LEND + nodeId);
  }

  private void lend(Message request, Function<String, Optional<Tape>> tapes) {
    byte[] answer = new byte[0];
    try {
      Optional<Tape> tape = tapes.apply(new String(request.getData(), StandardCharsets.UTF_8));
      if (tape.isPresent()) {
        answer = objects.keep("lent-", tape.get()).getBytes(StandardCharsets.US_ASCII);
      }
    } catch (RuntimeException ended) {
      LOG.debug("cluster_tape_not_lent", ended);
    }
    link.connection().publish(request.getReplyTo(), answer);
  }

  /** @throws dev.cantora.daemon.errors.ApiException CLUSTER_UNAVAILABLE when the node does not answer */
  Optional<Tape> borrow(String node, String sessionId) throws IOException {
    Message answer;
    try {
      answer = link.connection().request(LEND + node, sessionId.getBytes(StandardCharsets.UTF_8), PATIENCE);
    } catch (InterruptedException stopped) {
      throw ClusterLink.interrupted(stopped);
    }
    if (answer == null) {
      throw ClusterLink.unavailable(null);
    }
    if (answer.getData() == null || answer.getData().length == 0) {
      return Optional.empty();
    }
    String object = new String(answer.getData(), StandardCharsets.US_ASCII);
    Tape tape = objects.kept(object, Tape.class);
    objects.delete(object);
    return Optional.of(tape);
  }

  @Override
  public void close() {
    lenders.shutdownNow();
    if (requests != null) {
      link.connection().closeDispatcher(requests);
    }
  }
}
