package dev.cantora.daemon.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every bank must do, whatever it keeps renders in. */
public abstract class BankContract {
  protected static final long PER_RENDER = 100_000;
  protected static final long STORE = 250_000;

  protected Bank bank;

  /** A bank over the test's store, empty at first, with the two budgets above. */
  protected abstract Bank open() throws IOException;

  @BeforeEach
  void openBank() throws IOException {
    bank = open();
  }

  @AfterEach
  void closeBank() {
    bank.close();
  }

  protected void reopen() throws IOException {
    bank.close();
    bank = open();
  }

  @Test
  void aSavedRenderIsThereWithMetaDocumentsAndAudioAlsoAfterAReopening() throws IOException {
    RenderMeta saved = SampleRender.save(bank, "Aria", "ann", 1000, 1);

    for (int round = 0; round < 2; round++) {
      RenderMeta found = bank.find(saved.key()).orElseThrow();
      assertThat(found).isEqualTo(saved);
      assertThat(found.id()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d-\\d{3}Z-[0-9a-f]{8}");
      assertThat(found.createdAt()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
      assertThat(found.id()).startsWith(found.createdAt().replace(':', '-').replace('.', '-'));
      assertThat(found.name()).isEqualTo("Aria");
      assertThat(found.createdBy()).isEqualTo("ann");
      assertThat(found.commit()).isEqualTo("0123456");
      byte[] wav = SampleRender.wav(1000, 1);
      assertThat(found.wavHash()).isEqualTo(Sha256.hex(wav).substring(0, 8));
      String score = text(bank.document(saved.key(), DocumentKind.SCORE));
      assertThat(score).isEqualTo("{\n  \"bpm\": 120,\n  \"notes\": []\n}");
      assertThat(found.scoreHash()).isEqualTo(Sha256.hex(score.getBytes(StandardCharsets.UTF_8)).substring(0, 8));
      assertThat(text(bank.document(saved.key(), DocumentKind.META))).contains("\"name\": \"Aria\"");
      try (StoredAudio audio = bank.audio(saved.key())) {
        assertThat(audio.lengthBytes()).isEqualTo(wav.length);
        assertThat(audio.wavHash()).isEqualTo(Sha256.hex(wav));
        assertThat(bytes(audio, 0, wav.length)).isEqualTo(wav);
        assertThat(bytes(audio, 40, 10)).isEqualTo(java.util.Arrays.copyOfRange(wav, 40, 50));
      }
      assertThat(bank.budget().usedBytes()).isEqualTo(SampleRender.charge(1000));
      reopen();
    }
  }

  @Test
  void theChargeIsAudioPlusCompactDocumentsPlusAFlatSum() {
    RenderMeta saved = SampleRender.save(bank, null, "ann", 100, 1);

    long documents = "{\"bpm\":120,\"notes\":[]}".length() + "{\"presetId\":\"default-voice\"}".length()
        + "{\"peakDbfs\":-3.5}".length() + "{\"commit\":\"0123456\",\"wavHash\":\"\"}".length() + 64;
    assertThat(saved.sizeBytes()).isEqualTo(444 + documents + 2048);
    Budget budget = bank.budget();
    assertThat(budget.usedBytes()).isEqualTo(saved.sizeBytes());
    assertThat(budget.freeBytes()).isEqualTo(STORE - saved.sizeBytes());
    assertThat(budget.utilizationFraction()).isEqualTo((double) saved.sizeBytes() / STORE);
  }

  @Test
  void unnamedRendersAreNumberedAfterTheHighestNumberInUse() {
    SampleRender.save(bank, "Untitled-2026-05-16T10-11-12-345Z-1a2b3c4d", "ann", 10, 1);
    RenderMeta first = SampleRender.save(bank, null, "ann", 10, 1);
    RenderMeta second = SampleRender.save(bank, null, "bob", 10, 1);
    bank.update(first.key(), "Untitled-41-00000000", null);
    RenderMeta third = SampleRender.save(bank, null, "ann", 10, 1);

    assertThat(first.name()).isEqualTo("Untitled-1-" + first.id().substring(25));
    assertThat(second.name()).startsWith("Untitled-2-");
    assertThat(third.name()).startsWith("Untitled-42-");
  }

  @Test
  void renderTooLargeAndStoreFullAreFoundBeforeAnythingIsWritten() {
    fails(() -> bank.reserve(PER_RENDER + 1, null), ErrorCode.RENDER_TOO_LARGE, error ->
        assertThat(error.details()).containsEntry("renderBytes", PER_RENDER + 1)
            .containsEntry("perRenderBudgetBytes", PER_RENDER));
    Reservation one = bank.reserve(PER_RENDER, null);
    bank.reserve(PER_RENDER, null);
    fails(() -> bank.reserve(PER_RENDER, null), ErrorCode.RENDER_STORE_FULL, error ->
        assertThat(error.details()).containsEntry("usedBytes", 2 * PER_RENDER)
            .containsEntry("storeBudgetBytes", STORE).containsEntry("incomingBytes", PER_RENDER));
    one.close();
    one.close();
    bank.reserve(PER_RENDER, null);
  }

  @Test
  void aRenderThatOutgrowsItsReservationIsRefusedWhole() {
    bank.reserve(PER_RENDER, null);
    bank.reserve(PER_RENDER, null);
    try (Draft draft = bank.draft(bank.reserve(10, null))) {
      draft.audio(ByteBuffer.wrap(SampleRender.wav(15_000, 1)));
      String hash = draft.sealAudio();
      fails(() -> draft.commit(SampleRender.named(null, "ann", hash)), ErrorCode.RENDER_STORE_FULL, error -> {});
    }
    assertThat(bank.all()).isEmpty();
    assertThat(bank.budget().usedBytes()).isZero();
  }

  @Test
  void savesAtTheSameTimeCannotPassTheBudgetTogether() throws Exception {
    int writers = 8;
    int frames = 12_000; // five fit
    CyclicBarrier start = new CyclicBarrier(writers);
    List<Future<Boolean>> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
      for (int i = 0; i < writers; i++) {
        results.add(pool.submit((Callable<Boolean>) () -> {
          start.await();
          try {
            SampleRender.save(bank, null, "ann", frames, 7);
            return true;
          } catch (ApiException full) {
            assertThat(full.code()).isEqualTo(ErrorCode.RENDER_STORE_FULL);
            return false;
          }
        }));
      }
    }
    int saved = 0;
    for (Future<Boolean> result : results) {
      saved += result.get() ? 1 : 0;
    }
    int fitting = (int) (STORE / SampleRender.charge(frames));
    assertThat(saved).isEqualTo(fitting).isEqualTo(bank.all().size());
    assertThat(bank.budget().usedBytes()).isEqualTo(fitting * SampleRender.charge(frames)).isLessThanOrEqualTo(STORE);
    assertThat(bank.all().stream().map(RenderMeta::name).distinct()).as("default names").hasSize(fitting);
  }

  @Test
  void anAbandonedDraftLeavesNeitherRenderNorBudget() throws IOException {
    try (Draft draft = bank.draft(bank.reserve(PER_RENDER, null))) {
      draft.audio(ByteBuffer.wrap(SampleRender.wav(1000, 1)));
    }
    assertThat(bank.all()).isEmpty();
    assertThat(bank.budget().usedBytes()).isZero();
    bank.reserve(PER_RENDER, null);
    bank.reserve(PER_RENDER, null);
    reopen();
    assertThat(bank.all()).isEmpty();
  }

  @Test
  void everyPrincipalHasALastSlotOfItsOwnThatSurvivesARestart() throws IOException {
    SampleRender.saveLast(bank, "ann", 100, 1);
    RenderMeta annsSecond = SampleRender.saveLast(bank, "ann", 200, 2);
    RenderMeta bobs = SampleRender.saveLast(bank, "bob/../", 300, 3);

    for (int round = 0; round < 2; round++) {
      assertThat(bank.all()).containsExactlyInAnyOrder(annsSecond, bobs);
      assertThat(bank.find(RenderKey.last("ann"))).contains(annsSecond);
      assertThat(bank.find(RenderKey.last("bob/../"))).contains(bobs);
      assertThat(bank.find(RenderKey.last("eve"))).isEmpty();
      assertThat(annsSecond.id()).isEqualTo("last");
      assertThat(annsSecond.name()).isEqualTo("Last Render");
      assertThat(annsSecond.createdBy()).isEqualTo("ann");
      assertThat(bank.budget().usedBytes()).isEqualTo(SampleRender.charge(200) + SampleRender.charge(300));
      reopen();
    }
  }

  @Test
  void aSlotThatIsReplacedAgainAndAgainCanAlwaysBeRead() throws Exception {
    SampleRender.saveLast(bank, "ann", 100, 0);
    RenderKey last = RenderKey.last("ann");
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Integer> reads = pool.submit(() -> {
        int count = 0;
        for (; !over.get(); count++) {
          bank.document(last, DocumentKind.SCORE);
          try (StoredAudio audio = bank.audio(last)) {
            ByteArrayOutputStream wav = new ByteArrayOutputStream();
            audio.copyTo(wav, 0, audio.lengthBytes());
            assertThat(wav.size()).isEqualTo(44 + 400);
          }
        }
        return count;
      });
      try {
        for (int seed = 1; seed <= 60; seed++) {
          SampleRender.saveLast(bank, "ann", 100, seed);
        }
      } finally {
        over.set(true);
      }
      assertThat(reads.get()).isPositive();
    }
  }

  @Test
  void replacingLastNeedsRoomForTheDifferenceOnly() {
    SampleRender.save(bank, null, "ann", 20_000, 1);
    SampleRender.save(bank, null, "ann", 20_000, 1);
    SampleRender.saveLast(bank, "ann", 15_000, 1);
    fails(() -> SampleRender.saveLast(bank, "bob", 15_000, 1), ErrorCode.RENDER_STORE_FULL, error -> {});
    SampleRender.saveLast(bank, "ann", 15_100, 2);
    assertThat(bank.budget().usedBytes()).isEqualTo(2 * SampleRender.charge(20_000) + SampleRender.charge(15_100));
  }

  @Test
  void promotingCopiesLastAsAnUnpinnedRenderOfItsOwner() throws IOException {
    RenderMeta last = SampleRender.saveLast(bank, "ann", 500, 5);
    bank.update(last.key(), null, true);
    RenderMeta promoted = bank.promoteLast(RenderKey.last("ann"), "ann", null);
    RenderMeta named = bank.promoteLast(RenderKey.last("ann"), "ann", "Kept");
    SampleRender.saveLast(bank, "ann", 600, 6);
    reopen();

    assertThat(promoted.id()).isNotEqualTo("last");
    assertThat(promoted.name()).isEqualTo("Untitled-1-" + promoted.id().substring(25));
    assertThat(named.name()).isEqualTo("Kept");
    assertThat(promoted.createdBy()).isEqualTo("ann");
    assertThat(promoted.hasPin()).isFalse();
    try (StoredAudio audio = bank.audio(promoted.key())) {
      assertThat(bytes(audio, 0, audio.lengthBytes())).isEqualTo(SampleRender.wav(500, 5));
    }
    assertThat(bank.budget().usedBytes()).isEqualTo(2 * SampleRender.charge(500) + SampleRender.charge(600));
    fails(() -> bank.promoteLast(RenderKey.last("bob"), "bob", null), ErrorCode.NOT_FOUND, error -> {});
  }

  @Test
  void promotingCountsAgainstTheBudget() {
    SampleRender.saveLast(bank, "ann", 20_000, 5);
    bank.promoteLast(RenderKey.last("ann"), "ann", null);
    bank.promoteLast(RenderKey.last("ann"), "ann", null);
    fails(() -> bank.promoteLast(RenderKey.last("ann"), "ann", null), ErrorCode.RENDER_STORE_FULL, error -> {});
  }

  @Test
  void nameAndPinChangeAndStay() throws IOException {
    RenderMeta saved = SampleRender.save(bank, "A", "ann", 10, 1);
    bank.update(saved.key(), "B", null);
    RenderMeta changed = bank.update(saved.key(), null, true);
    reopen();
    assertThat(bank.find(saved.key())).contains(changed);
    assertThat(changed.name()).isEqualTo("B");
    assertThat(changed.hasPin()).isTrue();
    assertThat(bank.update(saved.key(), null, false).hasPin()).isFalse();
    assertThat(text(bank.document(saved.key(), DocumentKind.META))).doesNotContain("pinned").contains("\"B\"");
  }

  @Test
  void aDeletedRenderIsGoneAndItsBudgetFree() throws IOException {
    RenderMeta saved = SampleRender.save(bank, "A", "ann", 10, 1);
    RenderMeta kept = SampleRender.save(bank, "B", "ann", 10, 1);
    StoredAudio open = bank.audio(saved.key());
    bank.delete(saved.key());

    assertThat(bytes(open, 0, open.lengthBytes())).as("who opened it before reads it to the end")
        .isEqualTo(SampleRender.wav(10, 1));
    open.close();
    fails(() -> bank.delete(saved.key()), ErrorCode.NOT_FOUND, error -> {});
    fails(() -> bank.audio(saved.key()), ErrorCode.NOT_FOUND, error -> {});
    fails(() -> bank.document(saved.key(), DocumentKind.SCORE), ErrorCode.NOT_FOUND, error -> {});
    fails(() -> bank.update(saved.key(), "x", null), ErrorCode.NOT_FOUND, error -> {});
    reopen();
    assertThat(bank.all()).containsExactly(kept);
    assertThat(bank.budget().usedBytes()).isEqualTo(SampleRender.charge(10));
  }

  protected static void fails(ThrowingCallable action, ErrorCode code, java.util.function.Consumer<ApiException> more) {
    assertThatThrownBy(action).isInstanceOfSatisfying(ApiException.class, error -> {
      assertThat(error.code()).isEqualTo(code);
      more.accept(error);
    });
  }

  protected static byte[] bytes(StoredAudio audio, long from, long count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    audio.copyTo(out, from, count);
    return out.toByteArray();
  }

  protected static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
