package dev.cantora.daemon.live;

import dev.cantora.engine.LiveConfig;
import java.util.List;

/**
 * A recording that has ended, with everything needed to store and to replay it.
 *
 * @param take the samples
 * @param name or null for {@code Live Take HH:MM:SS}
 * @param instrument the voice the chain began with
 * @param settings what the chain began with
 * @param presetId of the voice at the end
 * @param blockSize in which the chain was driven
 * @param log everything the chain met since its first sample
 */
record FinishedTake(
    Take take, String name, Instrument instrument, LiveConfig settings, String presetId, int blockSize,
    List<LoggedEvent> log) {

  FinishedTake named(String newName) {
    return newName == null ? this : new FinishedTake(take, newName, instrument, settings, presetId, blockSize, log);
  }

  /** Events within the recording, without what led up to it. */
  List<LoggedEvent> logWithinTake() {
    return log.stream().filter(event -> event.appliedAtSample() >= take.startSample()).toList();
  }
}
