package dev.cantora.daemon.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.StreamConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketTest {

  @TempDir
  Path temp;

  /** NATS takes a stream that another node is just making for one in the way; here there is such a stream for a while. */
  @Test
  void aBucketOpensOnceNoStreamIsInItsWayAnyMore() throws Exception {
    try (NatsServers nats = NatsServers.start(temp, 1); ClusterLink link = nats.link("test")) {
      link.management().addStream(StreamConfiguration.builder().name("in-the-way").subjects("$KV.words.>").build());
      CompletableFuture<Bucket> opening = CompletableFuture.supplyAsync(() -> Bucket.open(link, "words", Duration.ZERO));
      TimeUnit.MILLISECONDS.sleep(500);
      assertThat(opening).isNotDone();
      link.management().deleteStream("in-the-way");
      Bucket words = opening.get(10, TimeUnit.SECONDS);
      assertThat(words.create("a", new byte[] {1})).isPositive();
    }
  }
}
