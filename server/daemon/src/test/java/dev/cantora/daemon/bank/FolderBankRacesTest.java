package dev.cantora.daemon.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers who come while a render is taken away. */
@Timeout(60)
class FolderBankRacesTest {
  private static final int ROUNDS = 60;

  @TempDir
  Path folder;

  @Test
  void aRenderThatIsBeingDeletedIsThereOrNotFoundAndNothingBetween() throws Exception {
    try (Bank bank = bank()) {
      for (int round = 0; round < ROUNDS; round++) {
        RenderKey key = SampleRender.save(bank, "short-lived", "ann", 100, round).key();
        deletedWhile(bank, key, () -> bank.document(key, DocumentKind.SCORE));
      }
      for (int round = 0; round < ROUNDS; round++) {
        RenderKey key = SampleRender.saveLast(bank, "ann", 100, round).key();
        deletedWhile(bank, key, () -> bank.audio(key).close());
      }
      assertThat(bank.budget().usedBytes()).isZero();
    }
  }

  @Test
  void aSlotThatIsBeingDeletedIsPromotedOrNotFound() throws Exception {
    try (Bank bank = bank()) {
      for (int round = 0; round < ROUNDS; round++) {
        RenderKey key = SampleRender.saveLast(bank, "ann", 100, round).key();
        deletedWhile(bank, key, () -> bank.delete(bank.promoteLast(key, "ann", null).key()));
      }
      assertThat(bank.budget().usedBytes()).isZero();
    }
  }

  private Bank bank() throws java.io.IOException {
    return new FolderBank(new FolderBank.Settings(folder, 1 << 20, 8 << 20), InstantSource.system());
  }

  /** Reads again and again, from before the deletion until the render is not found. */
  private static void deletedWhile(Bank bank, RenderKey key, Runnable reading) throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    CompletableFuture<ErrorCode> end = CompletableFuture.supplyAsync(() -> {
      while (true) {
        try {
          reading.run();
          reads.countDown();
        } catch (ApiException refused) {
          return refused.code();
        }
      }
    }, task -> Thread.ofPlatform().start(task));
    reads.await();
    bank.delete(key);
    assertThat(end.get()).isEqualTo(ErrorCode.NOT_FOUND);
  }
}
