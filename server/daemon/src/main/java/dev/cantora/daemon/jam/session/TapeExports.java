package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.RecordExported;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.jam.tape.EventTape;
import java.util.function.Consumer;

/** Renders tapes into the bank. Returns at once; reports come on any thread. */
@FunctionalInterface
public interface TapeExports {

  /** What is wanted. @param name or null @param channels 1 or 2 @param owner principal id */
  record Order(EventTape tape, String name, boolean stems, int channels, String owner) {}

  /** Hears of one export. Exactly one of {@code done} and {@code failed} is called, last. */
  record Report(Consumer<Double> progress, Consumer<RecordExported> done, Consumer<ApiException> failed) {}

  /** A running export. */
  @FunctionalInterface
  interface Running {
    void cancel();
  }

  Running start(Order order, Report report);
}
