package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.telemetry.Metrics;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a soak found: a thousand finished jobs are remembered, and each once held its whole score. */
@Timeout(60)
class RenderQueueTest {

  @Test
  void aFinishedJobIsKnownButWhatItWasMadeFromIsNot() throws InterruptedException {
    RenderQueue queue = new RenderQueue(4, 1, new Metrics());
    ObjectNode score = Json.object().put("title", "a score of megabytes");
    WeakReference<ObjectNode> watched = new WeakReference<>(score);
    RenderJob job = job(score);
    score = null;
    queue.submit(job);
    assertThatThrownBy(() -> job.result().join()).hasRootCauseMessage("a score of megabytes");
    while (watched.get() != null) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(queue.find("kept")).containsSame(job);
    assertThat(queue.drain(Duration.ofSeconds(1))).isTrue();
  }

  private static RenderJob job(ObjectNode score) {
    return new RenderJob("kept", "req", Principal.ANONYMOUS, List.of(), monitor -> {
      throw new IllegalStateException(score.path("title").asText());
    }, new RenderJob.Order(score, false, "voice"));
  }
}
