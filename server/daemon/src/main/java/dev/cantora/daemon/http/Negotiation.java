package dev.cantora.daemon.http;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Which of several formats a caller gets: the one the {@code format} parameter names, else the best for Accept. */
public final class Negotiation {
  private Negotiation() {}

  /**
   * The format of the query.
   *
   * @param named finds a format by its name
   * @throws ApiException INVALID_QUERY when there is none of that name
   */
  public static <T> Optional<T> format(Exchange exchange, Function<String, Optional<T>> named) {
    return exchange.query("format").map(name -> named.apply(name).orElseThrow(() -> ApiException
        .builder(ErrorCode.INVALID_QUERY).detail("parameter", "format").detail("problem", "is no format of this resource").build()));
  }

  /**
   * The media type that the Accept header likes best (RFC 9110, section 12.5.1); the earliest offer among equals, and the
   * first without a header.
   *
   * @throws ApiException NOT_ACCEPTABLE
   */
  public static String accepted(Exchange exchange, List<String> offers) {
    String accept = exchange.header("Accept").orElse("*/*");
    String best = null;
    double most = 0;
    for (String offer : offers) {
      double quality = quality(accept, offer);
      if (quality > most) {
        most = quality;
        best = offer;
      }
    }
    if (best == null) {
      throw ApiException.builder(ErrorCode.NOT_ACCEPTABLE).detail("offered", offers).build();
    }
    return best;
  }

  /** Of the most specific range that holds the type. */
  private static double quality(String accept, String type) {
    double quality = 0;
    int specific = -1;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = range.split(";");
      String name = parts[0].strip();
      int fit = name.equals(type) ? 2 : name.equals(type.substring(0, type.indexOf('/')) + "/*") ? 1 : name.equals("*/*") ? 0 : -1;
      if (fit > specific) {
        specific = fit;
        quality = 1;
        for (int i = 1; i < parts.length; i++) {
          if (parts[i].strip().matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")) {
            quality = Double.parseDouble(parts[i].strip().substring(2));
          }
        }
      }
    }
    return quality;
  }
}
