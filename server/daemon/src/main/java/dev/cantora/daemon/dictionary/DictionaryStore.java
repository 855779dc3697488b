package dev.cantora.daemon.dictionary;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Where dictionaries are kept, one document per name. Thread-safe. */
public interface DictionaryStore {

  /** @throws IOException when there is one and it cannot be read */
  Optional<byte[]> read(String name) throws IOException;

  /**
   * Changes a document in one step.
   *
   * @param change from what is there, empty for nothing, to what shall be; the same to leave it
   * @return what is there now
   * @throws java.io.UncheckedIOException when there is one and it cannot be read
   * @throws IOException when it cannot be written
   */
  Optional<byte[]> change(String name, UnaryOperator<Optional<byte[]>> change) throws IOException;

  /** @param told the names of documents that others change */
  default void onChange(Consumer<String> told) {}
}
