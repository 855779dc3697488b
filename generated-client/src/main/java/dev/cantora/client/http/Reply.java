package dev.cantora.client.http;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** A successful answer with its status and headers. */
public record Reply<T>(int status, HttpHeaders headers, T body) {

  /** A header's first value. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }
}
