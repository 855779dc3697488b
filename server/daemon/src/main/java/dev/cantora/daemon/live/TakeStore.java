package dev.cantora.daemon.live;

/** Where recordings go. Thread-safe; may take time. */
@FunctionalInterface
interface TakeStore {

  /**
   * @param owner principal id
   * @throws dev.cantora.daemon.errors.ApiException when the bank is full or its disk fails; the take is untouched
   */
  SavedTake save(FinishedTake take, String owner);
}
