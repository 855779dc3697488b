package dev.cantora.daemon.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Voices that nodes give each other, by hash. */
class ClusterVoicesTest {
  private static final String VOICE = "rare-voice";

  @TempDir
  Path temp;
  private NatsServers nats;
  private ClusterLink link;
  private ClusterVoices there;
  private Objects store;

  @BeforeEach
  void share() {
    nats = NatsServers.start(temp.resolve("nats"), 1);
    link = nats.link("test");
    TestVoice.install(temp.resolve("presets"), VOICE);
    try (ClusterVoices here = new ClusterVoices(link, temp.resolve("here"))) {
      here.share(temp.resolve("presets"));
    }
    there = new ClusterVoices(link, temp.resolve("there"));
    store = Objects.open(link, ClusterVoices.OBJECTS);
  }

  @AfterEach
  void stop() {
    there.close();
    link.close();
    nats.close();
  }

  private String hash() {
    return store.list().getFirst().getObjectName();
  }

  private static byte[] packed(Path folder) throws IOException {
    return VoiceArchive.pack(folder.resolve(VOICE));
  }

  @Test
  void aVoiceIsFetchedOnceAndIsTheSame() throws IOException {
    Path fetched = there.fetch(VOICE).orElseThrow();
    assertThat(packed(fetched)).isEqualTo(packed(temp.resolve("presets")));
    store.delete(hash());
    assertThat(there.fetch(VOICE)).as("from the node's own disk").contains(fetched);
    assertThat(there.ids()).containsExactly(VOICE);
  }

  @Test
  void whatIsNotWhatWasSharedIsNotUsedAndNothingOfItStays() throws IOException {
    TestVoice.install(temp.resolve("forged"), VOICE, 400);
    String hash = hash();
    store.put(hash, packed(temp.resolve("forged")));
    assertThat(there.fetch(VOICE)).isEqualTo(Optional.empty());
    assertThat(temp.resolve("there")).doesNotExist();
    store.put(hash, packed(temp.resolve("presets")));
    assertThat(packed(there.fetch(VOICE).orElseThrow())).isEqualTo(packed(temp.resolve("presets")));
  }
}
