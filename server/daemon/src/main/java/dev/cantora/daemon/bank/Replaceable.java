package dev.cantora.daemon.bank;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what may be replaced or deleted between being found and being read. */
public final class Replaceable {
  private Replaceable() {}

  /**
   * @param find looks it up; NOT_FOUND when it is gone
   * @param place where its content lies: another place is another content
   * @param reading of the content; READ_ERROR counts only when the place is still the same
   */
  public static <E, T> T read(Supplier<E> find, Function<E, Object> place, Function<E, T> reading) {
    return read(find, find, place, reading);
  }

  /** @param findSettled looks it up when no change is under way that may have moved the content already */
  static <E, T> T read(Supplier<E> find, Supplier<E> findSettled, Function<E, Object> place, Function<E, T> reading) {
    E found = find.get();
    while (true) {
      try {
        return reading.apply(found);
      } catch (ApiException failed) {
        E successor = findSettled.get();
        if (failed.code() != ErrorCode.READ_ERROR || place.apply(successor).equals(place.apply(found))) {
          throw failed;
        }
        found = successor;
      }
    }
  }
}
