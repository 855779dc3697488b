package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.live.ErrorMessage;
import dev.cantora.api.live.RecordDiscarded;
import dev.cantora.api.live.RecordSaved;
import dev.cantora.api.live.RecordStatus;
import dev.cantora.api.live.TransportCommand.Command;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recordings of a session that is run by hand. */
@Timeout(60)
class RecorderTest {

  private final FakeOutput output = new FakeOutput();
  private final MemoryStore store = new MemoryStore();
  private final SessionDriver driver = new SessionDriver(output, store);

  RecorderTest() {
    driver.open(512);
  }

  private MemoryStore.Stored stored() throws InterruptedException {
    return store.stored.poll(20, TimeUnit.SECONDS);
  }

  /** Runs the session until the outcome of a save has come in. */
  private <T extends dev.cantora.api.live.LiveServerMessage> T await(Class<T> type, int count) {
    long endNs = System.nanoTime() + 20_000_000_000L;
    while (output.of(type).size() < count) {
      driver.session.run(System.nanoTime());
      assertThat(System.nanoTime()).isLessThan(endNs);
    }
    return output.of(type).get(count - 1);
  }

  @Test
  void aTakeEndsByItselfAfterAMinute() throws InterruptedException {
    driver.post(new SessionEvent.RecordStart());
    driver.post(new SessionEvent.Transport(Command.PLAY));
    driver.runBlocks(5700);
    RecordStatus status = output.of(RecordStatus.class).getLast();
    assertThat(status.recording()).isFalse();
    assertThat(status.reason()).isEqualTo(RecordStatus.Reason.CAP);
    assertThat(status.samplesRecorded()).isEqualTo(60 * 48000);
    assertThat(stored().take().take().frames()).isEqualTo(60 * 48000);
    assertThat(await(RecordSaved.class, 1).durationSec()).isEqualTo(60.0);
  }

  @Test
  void whereNothingWasPlayedNothingIsSaved() {
    driver.post(new SessionEvent.RecordStart());
    driver.post(new SessionEvent.RecordStop("name"));
    assertThat(output.of(RecordStatus.class).getLast().recording()).isFalse();
    driver.post(new SessionEvent.RecordStop("again"));
    assertThat(output.of(RecordStatus.class)).hasSize(2);
    assertThat(store.stored).isEmpty();
  }

  @Test
  void aSecondStartBeginsAnew() throws InterruptedException {
    driver.post(new SessionEvent.Transport(Command.PLAY));
    driver.post(new SessionEvent.RecordStart());
    driver.runBlocks(20);
    driver.post(new SessionEvent.RecordStart());
    driver.runBlocks(5);
    driver.post(new SessionEvent.RecordStop(null));
    assertThat(stored().take().take().frames()).isEqualTo(5 * 512);
  }

  @Test
  void stoppingTheTransportSavesTheTakeWithItsRelease() throws InterruptedException {
    driver.post(new SessionEvent.RecordStart());
    driver.post(new SessionEvent.Transport(Command.PLAY));
    driver.runBlocks(10);
    driver.post(new SessionEvent.Transport(Command.STOP));
    driver.session.run(System.nanoTime() + 1_000_000_000L);
    assertThat(stored().take().take().frames()).isEqualTo(11 * 512);
    assertThat(output.of(RecordStatus.class).getLast().reason()).isEqualTo(RecordStatus.Reason.TRANSPORT_STOP);
  }

  @Test
  void aFullBankKeepsTheTakeUntilTheClientTriesAgain() throws InterruptedException {
    failedTake();
    ErrorMessage error = await(ErrorMessage.class, 1);
    assertThat(error.code()).isEqualTo("RECORD_SAVE_FAILED");
    assertThat(error.takeKept()).isTrue();
    assertThat(error.message()).contains("budget");
    driver.post(new SessionEvent.RecordRetry(null));
    await(ErrorMessage.class, 2);
    store.full = false;
    driver.post(new SessionEvent.RecordRetry("second try"));
    assertThat(await(RecordSaved.class, 1).name()).isEqualTo("second try");
    assertThat(stored().take().take().frames()).isEqualTo(10 * 512);
    driver.post(new SessionEvent.RecordRetry(null));
    assertThat(store.stored).isEmpty();
  }

  @Test
  void aKeptTakeMayBeGivenUp() {
    failedTake();
    await(ErrorMessage.class, 1);
    store.full = false;
    driver.post(new SessionEvent.RecordDiscard());
    assertThat(output.of(RecordDiscarded.class)).hasSize(1);
    driver.post(new SessionEvent.RecordRetry(null));
    driver.post(new SessionEvent.Gone());
    assertThat(driver.session.ended()).isDone();
    assertThat(store.stored).isEmpty();
  }

  @Test
  void aKeptTakeIsTriedOnceMoreWhenTheClientLeaves() throws InterruptedException {
    failedTake();
    await(ErrorMessage.class, 1);
    store.full = false;
    driver.post(new SessionEvent.Gone());
    assertThat(stored().owner()).isEqualTo("ann");
    while (!driver.session.ended().isDone()) {
      driver.session.run(System.nanoTime());
    }
  }

  @Test
  void whatIsSavedIsBroughtUpToFullScaleButNeverDown() {
    Take quiet = new Take(48000, 1, 0);
    quiet.append(new float[] {0.25f, -0.5f}, 2, 1);
    assertThat(quiet.gain()).isEqualTo(2f);
    Take loud = new Take(48000, 1, 0);
    loud.append(new float[] {1.5f}, 1, 1);
    assertThat(loud.gain()).isEqualTo(1f);
    Take silent = new Take(48000, 1, 0);
    silent.append(new float[] {0f}, 1, 0);
    assertThat(silent.gain()).isEqualTo(1f);
  }

  @Test
  void aNoteHeldForTwoMinutesIsReleased() {
    driver.post(new SessionEvent.Transport(Command.PLAY));
    driver.post(new SessionEvent.Note(dev.cantora.api.live.NoteOn.builder().noteId("a").midi(60).velocity(1).build(),
        java.util.List.of(), System.nanoTime()));
    driver.runBlocks(11_240);
    assertThat(output.of(dev.cantora.api.live.Telemetry.class).getLast().voicesActive()).isEqualTo(1);
    driver.runBlocks(600);
    assertThat(output.of(dev.cantora.api.live.Telemetry.class).getLast().voicesActive()).isZero();
  }

  private void failedTake() {
    store.full = true;
    driver.post(new SessionEvent.RecordStart());
    driver.post(new SessionEvent.Transport(Command.PLAY));
    driver.runBlocks(10);
    driver.post(new SessionEvent.RecordStop(null));
  }
}
