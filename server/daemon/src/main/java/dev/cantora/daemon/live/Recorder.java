package dev.cantora.daemon.live;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.live.ErrorMessage;
import dev.cantora.api.live.RecordDiscarded;
import dev.cantora.api.live.RecordSaved;
import dev.cantora.api.live.RecordStatus;
import dev.cantora.daemon.errors.ApiException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recordings of one session: the one that runs, and the one that could not be saved and waits for the client to free
 * room, to give it up or to leave. Saving happens on threads of its own. For one thread.
 */
final class Recorder {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final TakeStore store;
  private final String owner;
  private final LiveOutput output;
  private final Consumer<SessionEvent> mailbox;
  private Take running;
  private FinishedTake kept;
  private int saving;

  /** @param mailbox receives the outcome of saves, on any thread */
  Recorder(TakeStore store, String owner, LiveOutput output, Consumer<SessionEvent> mailbox) {
    this.store = store;
    this.owner = owner;
    this.output = output;
    this.mailbox = mailbox;
  }

  /** Begins a recording; one that runs or is kept is dropped. */
  void start(VoiceChain chain) {
    kept = null;
    running = newTake(chain);
    output.send(status(true, running, RecordStatus.Reason.STARTED));
  }

  /** The chain was replaced. A recording without samples begins in the new one. */
  void follow(VoiceChain chain) {
    if (running != null && running.frames() == 0) {
      running = newTake(chain);
    }
  }

  boolean recording() {
    return running != null;
  }

  /** Length so far in seconds, or NaN. */
  double recordingSec() {
    return running == null ? Double.NaN : running.durationSec();
  }

  /** Takes in a block. @return whether the recording is full and must be finished */
  boolean append(float[] block, int frames, int voicesActive) {
    return running != null && running.append(block, frames, voicesActive);
  }

  /** The client's stop: ends the recording, or saves what is kept, as clients of version 1 know no other way to ask. */
  void stop(VoiceChain chain, int blockSize, String name) {
    if (running == null) {
      retry(name);
    } else {
      finish(chain, blockSize, name, RecordStatus.Reason.STOPPED);
    }
  }

  /** Ends the recording and saves it, if there is one and anything was played. @param name or null */
  void finish(VoiceChain chain, int blockSize, String name, RecordStatus.Reason reason) {
    if (running == null) {
      return;
    }
    Take take = running;
    running = null;
    output.sendAfterFrames(status(false, take, reason));
    if (take.frames() > 0) {
      save(new FinishedTake(take, name, chain.firstInstrument(), chain.firstSettings(), chain.instrument().presetId(),
          blockSize, List.copyOf(chain.log())));
    }
  }

  void retry(String name) {
    if (kept != null) {
      FinishedTake again = kept.named(name);
      kept = null;
      save(again);
    }
  }

  void discard() {
    kept = null;
    output.send(new RecordDiscarded());
  }

  void saved(SavedTake saved) {
    saving--;
    output.send(RecordSaved.builder().renderId(saved.renderId()).name(saved.name()).durationSec(saved.durationSec())
        .wavHash(saved.wavHash()).eventLogHash(saved.eventLogHash()).eventCount(saved.eventCount()).build());
  }

  void failed(FinishedTake take, ApiException failure) {
    saving--;
    kept = take;
    output.send(ErrorMessage.builder().code(ErrorCode.RECORD_SAVE_FAILED.name()).message(failure.getMessage())
        .hint(failure.hint()).takeKept(true).build());
  }

  /** The client left: what is kept gets one more chance. */
  void leave() {
    retry(null);
  }

  /** Whether a save has not yet reported. */
  boolean saving() {
    return saving > 0;
  }

  private void save(FinishedTake take) {
    saving++;
    Thread.ofVirtual().name("take-saver").start(() -> mailbox.accept(outcome(take)));
  }

  private SessionEvent outcome(FinishedTake take) {
    try {
      SavedTake saved = store.save(take, owner);
      LOG.atInfo().addKeyValue("renderId", saved.renderId()).addKeyValue("durationSec", saved.durationSec())
          .addKeyValue("principal", owner).log("live_take_saved");
      return new SessionEvent.TakeSaved(saved);
    } catch (ApiException e) {
      return failed(take, e, e);
    } catch (RuntimeException e) {
      return failed(take, new ApiException(ErrorCode.RECORD_SAVE_FAILED), e);
    }
  }

  private static SessionEvent failed(FinishedTake take, ApiException told, Exception cause) {
    LOG.atWarn().addKeyValue("code", ErrorCode.RECORD_SAVE_FAILED.name()).setCause(cause).log("live_take_save_failed");
    return new SessionEvent.TakeFailed(take, told);
  }

  private static Take newTake(VoiceChain chain) {
    return new Take(chain.settings().sampleRateHz(), chain.settings().channels(), chain.position());
  }

  private static RecordStatus status(boolean recording, Take take, RecordStatus.Reason reason) {
    return RecordStatus.builder().recording(recording).durationSec(take.durationSec()).samplesRecorded(take.frames())
        .reason(reason).build();
  }
}
