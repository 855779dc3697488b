package dev.cantora.daemon.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.bank.RenderKey;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.bank.SampleRender;
import dev.cantora.daemon.bank.StoredAudio;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.testing.LogCapture;
import io.nats.client.api.ObjectInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed nodes leave in the bank goes in the end, and nothing else does. */
class SweepTest {
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration LATER = GRACE.plusMinutes(1);
  private static final long STORE = 1_000_000;

  @TempDir
  static Path natsFolder;
  private static NatsServers nats;
  private static ClusterLink link;
  @TempDir
  Path temp;
  private volatile Duration ahead = Duration.ZERO;
  private final InstantSource clock = () -> Instant.now().plus(ahead);
  private JetStreamBank bank;
  private Sweep sweep;
  private int listeners;

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

  @BeforeEach
  void open() {
    bank = node("a");
    sweep = new Sweep(bank, GRACE, clock);
  }

  private JetStreamBank node(String name) {
    return new JetStreamBank(link, new JetStreamBank.Settings(temp.resolve(name), STORE,
        new Account.Limits(STORE, STORE), name), clock);
  }

  @AfterEach
  void forgetEverything() throws Exception {
    bank.close();
    for (String stream : link.management().getStreamNames()) {
      link.management().deleteStream(stream);
    }
  }

  private List<String> objects() {
    return bank.objects().list().stream().map(ObjectInfo::getObjectName).toList();
  }

  /** Messages in the stream below a bucket, of whatever kind. */
  private static long messages(String stream) throws Exception {
    return link.management().getStreamInfo(stream).getStreamState().getMsgCount();
  }

  /** The audio as a node gets it that has no copy of it. */
  private byte[] heard(RenderMeta meta) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JetStreamBank other = node("listener-" + listeners++); StoredAudio audio = other.audio(meta.key())) {
      audio.copyTo(out, 0, audio.lengthBytes());
    }
    return out.toByteArray();
  }

  private void sweepTwice() {
    sweep.run();
    sweep.run();
  }

  @Test
  void anObjectThatNoRenderNamesGoesWhenItIsOldAndWasSeenTwice() throws Exception {
    RenderMeta kept = SampleRender.save(bank, "Kept", "ann", 100, 1);
    String left = bank.objectName("audio");
    bank.objects().put(left, SampleRender.wav(100, 2));
    sweepTwice();
    assertThat(objects()).as("a render may be about to name it").hasSize(3).contains(left);
    ahead = LATER;
    sweep.run();
    assertThat(objects()).as("seen once").contains(left);
    sweep.run();
    assertThat(objects()).hasSize(2).doesNotContain(left);
    assertThat(heard(kept)).isEqualTo(SampleRender.wav(100, 1));
    assertThat(bank.budget().usedBytes()).isEqualTo(SampleRender.charge(100));
  }

  @Test
  void anObjectThatIsNamedAfterAllStays() throws Exception {
    RenderMeta last = SampleRender.saveLast(bank, "ann", 100, 1);
    StoredRender source = bank.record(last.key()).orElseThrow();
    bank.delete(last.key());
    ahead = LATER;
    sweep.run();
    RenderMeta copy = bank.copy(source, null, "Copy", "ann", (ClusterReservation) bank.reserve(source.charge(), null));
    sweepTwice();
    assertThat(heard(copy)).isEqualTo(SampleRender.wav(100, 1));
    assertThat(bank.budget().usedBytes()).isEqualTo(SampleRender.charge(100));
  }

  @Test
  void whatSeveralRendersNameStaysUntilTheLastOfThemIsDeletedAndThenNothingIsLeft() throws Exception {
    RenderMeta last = SampleRender.saveLast(bank, "ann", 100, 1);
    RenderMeta kept = bank.promoteLast(last.key(), "ann", "Kept");
    bank.delete(last.key());
    ahead = LATER;
    sweepTwice();
    assertThat(heard(kept)).isEqualTo(SampleRender.wav(100, 1));

    bank.delete(kept.key());
    ahead = LATER.multipliedBy(2);
    sweepTwice();
    ahead = LATER.multipliedBy(3);
    sweep.run();
    assertThat(messages("OBJ_" + JetStreamBank.OBJECTS)).as("neither objects nor marks of them").isZero();
    assertThat(messages("KV_" + JetStreamBank.BUCKET)).as("neither renders nor marks of them").isZero();
    assertThat(bank.budget().usedBytes()).isZero();
    assertThat(bank.all()).isEmpty();
  }

  @Test
  void aRenderOfTheSameNameAsOneThatWasDeletedLongAgoIsNotForgottenWithIt() {
    RenderKey slot = SampleRender.saveLast(bank, "ann", 100, 1).key();
    bank.delete(slot);
    ahead = LATER;
    RenderIndex.Remnant deleted;
    do { // the watch tells of it
      deleted = bank.index().deleted(clock.instant()).stream().findFirst().orElse(null);
    } while (deleted == null);
    try (JetStreamBank other = node("b")) {
      RenderMeta again = SampleRender.saveLast(other, "ann", 100, 2);
      bank.forget(deleted);
      sweepTwice();
      assertThat(other.find(slot)).contains(again);
      assertThat(bank.all()).containsExactly(again);
    }
  }

  @Test
  void chunksOfAnObjectThatWasNeverFinishedGoWhenTheyAreOld() throws Exception {
    RenderMeta kept = SampleRender.save(bank, "Kept", "ann", 100, 1);
    link.jetStream().publish("$O." + JetStreamBank.OBJECTS + ".C.half", new byte[1000]);
    link.jetStream().publish("$O." + JetStreamBank.OBJECTS + ".C.half", new byte[1000]);
    long before = messages("OBJ_" + JetStreamBank.OBJECTS);
    sweep.run();
    assertThat(messages("OBJ_" + JetStreamBank.OBJECTS)).as("it may still be written").isEqualTo(before);
    ahead = LATER;
    sweep.run();
    assertThat(messages("OBJ_" + JetStreamBank.OBJECTS)).isEqualTo(before - 2);
    assertThat(heard(kept)).isEqualTo(SampleRender.wav(100, 1));
  }

  @Test
  void aDeletionThatStoppedHalfWayIsFinishedAndPaidBack() throws Exception {
    RenderMeta doomed = SampleRender.save(bank, "Doomed", "ann", 100, 1);
    String name = StoredRender.name(doomed.key());
    Bucket bucket = Bucket.open(link, JetStreamBank.BUCKET, Duration.ZERO);
    bucket.update(name, StoredRender.gone("by a node that died"), bucket.get(name).orElseThrow().revision());
    sweep.run();
    assertThat(bucket.get(name)).as("seen once").isPresent();
    assertThat(bank.budget().usedBytes()).isEqualTo(SampleRender.charge(100));
    sweep.run();
    assertThat(bucket.get(name)).isEmpty();
    assertThat(bank.budget().usedBytes()).isZero();
    ahead = LATER;
    sweepTwice();
    ahead = LATER.multipliedBy(2);
    sweep.run();
    assertThat(messages("OBJ_" + JetStreamBank.OBJECTS)).isZero();
    assertThat(messages("KV_" + JetStreamBank.BUCKET)).isZero();
  }

  @Test
  void nothingIsRemovedWhileARenderOfANewerNodeIsNotUnderstood() {
    Bucket bucket = Bucket.open(link, JetStreamBank.BUCKET, Duration.ZERO);
    String audio = bank.objectName("audio");
    bank.objects().put(audio, SampleRender.wav(100, 1));
    bucket.put("r.strange", ("{\"meta\":\"of another kind\",\"audio\":\"" + audio + "\"}").getBytes(StandardCharsets.UTF_8));
    ahead = LATER;
    sweepTwice();
    sweepTwice();
    assertThat(objects()).containsExactly(audio);
    bucket.delete("r.strange");
    sweepTwice();
    assertThat(objects()).isEmpty();
  }

  @Test
  void anAccountThatIsRightIsNotMendedWhileRendersComeAndGo() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (JetStreamBank other = node("b"); LogCapture log = new LogCapture(); ExecutorService busy = Executors.newSingleThreadExecutor()) {
      Future<?> renders = busy.submit(() -> {
        while (!enough.get()) {
          SampleRender.saveLast(other, "ann", 100, 1);
          other.delete(SampleRender.save(other, null, "ann", 100, 2).key());
        }
      });
      for (int i = 0; i < 100; i++) {
        sweep.run();
      }
      enough.set(true);
      renders.get();
      assertThat(log.events("cluster_budget_mended")).isEmpty();
      assertThat(other.budget().usedBytes()).as("one render is left, and charged").isEqualTo(SampleRender.charge(100));
    }
  }

  @Test
  void anAccountThatChargesTooMuchOrTooLittleIsMendedAtTheSecondSight() {
    SampleRender.save(bank, "Kept", "ann", 100, 1);
    long right = SampleRender.charge(100);
    for (long wrong : new long[] {5000, -300}) {
      bank.ledger().correct(wrong);
      sweep.run();
      assertThat(bank.budget().usedBytes()).as("seen once").isEqualTo(right + wrong);
      sweep.run();
      assertThat(bank.budget().usedBytes()).isEqualTo(right);
    }
  }

  @Test
  void roomThatADeadNodeWasPromisedIsFreeAfterHalfAnHour() {
    bank.reserve(STORE, null);
    ahead = Duration.ofMinutes(29);
    assertThatThrownBy(() -> bank.reserve(STORE, null)).isInstanceOfSatisfying(ApiException.class,
        full -> assertThat(full.code()).isEqualTo(ErrorCode.RENDER_STORE_FULL));
    ahead = Duration.ofMinutes(31);
    try (Reservation room = bank.reserve(STORE, null)) {
      assertThat(bank.ledger().account().promisedBytes()).isEqualTo(STORE);
    }
  }
}
