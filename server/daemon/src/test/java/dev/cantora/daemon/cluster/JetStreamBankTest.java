package dev.cantora.daemon.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.BankContract;
import dev.cantora.daemon.bank.Draft;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.bank.SampleRender;
import dev.cantora.daemon.bank.StoredAudio;
import dev.cantora.daemon.errors.ApiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bank in JetStream: the contract of all banks, and what several nodes can do to it. */
class JetStreamBankTest extends BankContract {
  @TempDir
  static Path natsFolder;
  private static NatsServers nats;
  private static ClusterLink link;
  @TempDir
  Path temp;

  @BeforeAll
  static void startServer() {
    nats = NatsServers.start(natsFolder, 1);
    link = nats.link("test");
  }

  @AfterAll
  static void stopServer() {
    link.close();
    nats.close();
  }

  @Override
  protected Bank open() {
    return node("a");
  }

  private JetStreamBank node(String name) {
    return new JetStreamBank(link, new JetStreamBank.Settings(temp.resolve(name), 1 << 20,
        new Account.Limits(PER_RENDER, STORE), name), InstantSource.system());
  }

  @AfterEach
  void forgetEverything() throws Exception {
    for (String stream : link.management().getStreamNames()) {
      link.management().deleteStream(stream);
    }
  }

  @Test
  void anotherNodeServesChangesAndDeletesWhatThisOneStored() throws IOException {
    RenderMeta saved = SampleRender.save(bank, "Aria", "ann", 1000, 1);
    try (JetStreamBank other = node("b")) {
      assertThat(other.find(saved.key())).contains(saved);
      try (StoredAudio audio = other.audio(saved.key())) {
        assertThat(bytes(audio, 0, audio.lengthBytes())).isEqualTo(SampleRender.wav(1000, 1));
      }
      other.update(saved.key(), "Renamed", true);
      assertThat(bank.find(saved.key()).orElseThrow().name()).isEqualTo("Renamed");
      other.delete(saved.key());
      assertThat(bank.find(saved.key())).isEmpty();
      RenderMeta later = SampleRender.save(other, null, "ann", 1000, 1);
      assertThat(bank.find(later.key())).contains(later);
      // lists follow a watch, single renders do not
      long endNs = System.nanoTime() + 20_000_000_000L;
      while (!bank.all().equals(java.util.List.of(later)) && System.nanoTime() < endNs) {
        Thread.onSpinWait();
      }
      assertThat(bank.all()).containsExactly(later);
    }
  }

  @Test
  void aRenderThatSeveralNodesDeleteAtOnceLeavesTheBudgetOnce() throws Exception {
    try (JetStreamBank other = node("b"); ExecutorService both = Executors.newFixedThreadPool(2)) {
      RenderMeta stays = SampleRender.save(bank, "Stays", "ann", 1000, 1);
      for (int i = 0; i < 8; i++) {
        RenderMeta doomed = SampleRender.save(bank, "Doomed", "ann", 1000, 2);
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<Boolean>> deleted = new ArrayList<>();
        for (Bank one : List.of(bank, other)) {
          deleted.add(both.submit(() -> {
            together.await();
            try {
              one.delete(doomed.key());
              return true;
            } catch (ApiException gone) {
              return false;
            }
          }));
        }
        assertThat(deleted.get(0).get() ^ deleted.get(1).get()).as("one of them").isTrue();
        assertThat(bank.find(doomed.key())).isEmpty();
      }
      assertThat(((JetStreamBank) bank).ledger().account().usedBytes()).isEqualTo(SampleRender.charge(1000));
      assertThat(bank.find(stays.key())).contains(stays);
    }
  }

  @Test
  void theBudgetIsOneForAllNodes() {
    try (JetStreamBank other = node("b")) {
      other.reserve(PER_RENDER, null);
      bank.reserve(PER_RENDER, null);
      fails(() -> other.reserve(PER_RENDER, null), ErrorCode.RENDER_STORE_FULL, error ->
          assertThat(error.details()).containsEntry("usedBytes", 2 * PER_RENDER));
    }
  }

  @Test
  void aRenderMadeTwiceUnderOneReservationIsStoredOnce() {
    JetStreamBank here = (JetStreamBank) bank;
    ClusterReservation first = (ClusterReservation) here.reserve(SampleRender.charge(1000), null);
    RenderMeta stored = commit(here, first);
    try (JetStreamBank other = node("b")) {
      ClusterReservation second = other.adopt(first.named(), first.creditBytes());
      assertThat(commit(other, second)).isEqualTo(stored);
      assertThat(other.all()).containsExactly(stored);
    }
    assertThat(bank.all()).containsExactly(stored);
    new Sweep(here, Duration.ZERO, InstantSource.system()).run();
    assertThat(bank.budget().usedBytes()).isEqualTo(SampleRender.charge(1000));
  }

  private static RenderMeta commit(Bank bank, Reservation reservation) {
    try (Draft draft = bank.draft(reservation)) {
      draft.audio(ByteBuffer.wrap(SampleRender.wav(1000, 1)));
      return draft.commit(SampleRender.named("Once", "ann", draft.sealAudio()));
    }
  }

  @Test
  void audioThatIsNotWhatWasStoredIsNotServed() {
    JetStreamBank here = (JetStreamBank) bank;
    RenderMeta saved = SampleRender.save(bank, "Aria", "ann", 1000, 1);
    here.objects().put(here.record(saved.key()).orElseThrow().audio(), SampleRender.wav(1000, 2));
    try (JetStreamBank other = node("b")) {
      fails(() -> other.audio(saved.key()), ErrorCode.READ_ERROR, error ->
          assertThat(error.getMessage()).contains("audio.wav"));
    }
  }

  @Test
  void aNodeKeepsNoMoreAudioThanItMay() throws IOException {
    try (JetStreamBank small = new JetStreamBank(link, new JetStreamBank.Settings(temp.resolve("small"), 60_000,
        new Account.Limits(PER_RENDER, STORE), "small"), InstantSource.system())) {
      RenderMeta first = SampleRender.save(small, "A", "ann", 10_000, 1);
      RenderMeta second = SampleRender.save(small, "B", "ann", 10_000, 2);
      for (RenderMeta meta : java.util.List.of(first, second)) {
        try (StoredAudio audio = small.audio(meta.key())) {
          assertThat(audio.lengthBytes()).isEqualTo(40_044);
        }
      }
      try (var files = java.nio.file.Files.list(temp.resolve("small/audio"))) {
        assertThat(files).hasSize(1);
      }
    }
  }
}
