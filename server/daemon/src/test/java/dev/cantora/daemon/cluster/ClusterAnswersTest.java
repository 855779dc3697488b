package dev.cantora.daemon.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of requests while NATS comes and goes. */
class ClusterAnswersTest {
  private static final String HASH = "0123";

  @TempDir
  Path temp;

  @Test
  void aNameThatCannotBeGivenBackIsFreeHereAtOnceAndElsewhereOnceNatsIsBack() throws InterruptedException {
    try (NatsServers nats = NatsServers.start(temp, 1);
        ClusterLink link = nats.link("test");
        Nodes one = new Nodes(link, "one", "2.0.0"); Nodes two = new Nodes(link, "two", "2.0.0")) {
      ClusterAnswers here = new ClusterAnswers(link, one);
      ClusterAnswers there = new ClusterAnswers(link, two);
      assertThat(here.take("a", HASH)).isNull();
      assertThat(here.take("b", HASH)).isNull();
      assertThatThrownBy(() -> here.take("a", HASH)).isInstanceOfSatisfying(ApiException.class,
          inUse -> assertThat(inUse.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_IN_USE));

      nats.kill(0);
      here.release("a");
      here.release("b");
      nats.start(0);

      assertThat(here.take("a", HASH)).as("the node knows that it has nothing under way").isNull();
      boolean taken = false;
      for (long endNs = System.nanoTime() + 60_000_000_000L; !taken && System.nanoTime() < endNs; ) {
        try {
          taken = there.take("b", HASH) == null;
        } catch (ApiException notYet) {
          assertThat(notYet.code()).isIn(ErrorCode.IDEMPOTENCY_KEY_IN_USE, ErrorCode.CLUSTER_UNAVAILABLE);
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
      assertThat(taken).as("another node is told").isTrue();
      assertThatThrownBy(() -> there.take("a", HASH)).isInstanceOfSatisfying(ApiException.class,
          inUse -> assertThat(inUse.code()).as("the turn that is under way stays").isEqualTo(ErrorCode.IDEMPOTENCY_KEY_IN_USE));
    }
  }
}
