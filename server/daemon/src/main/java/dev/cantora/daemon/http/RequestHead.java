package dev.cantora.daemon.http;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;

/**
 * Refuses heads that two readers could understand differently (RFC 9112, section 6.3). Helidon follows Transfer-Encoding
 * when Content-Length is there too and takes the first of several lengths; a proxy in front may choose otherwise and see
 * another request in the rest. The connection ends with the answer.
 */
final class RequestHead {
  /** All headers together. */
  static final int MAX_HEADER_BYTES = 32 * 1024;

  private static final int SEPARATOR_BYTES = 4;

  private RequestHead() {}

  /** @throws ApiException HTTP_ERROR or HEADERS_TOO_LARGE */
  static void require(ServerRequest request) {
    var headers = request.headers();
    boolean encoded = headers.contains(HeaderNames.TRANSFER_ENCODING);
    boolean chunked = encoded && headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED);
    boolean sized = headers.contains(HeaderNames.CONTENT_LENGTH);
    if (encoded && (sized || !chunked)) {
      throw refuse("Transfer-Encoding must be chunked and stand alone.");
    }
    if (sized) {
      Header length = headers.get(HeaderNames.CONTENT_LENGTH);
      if (length.valueCount() > 1 || !length.get().matches("\\d{1,18}")) {
        throw refuse("Content-Length must be one number.");
      }
    }
    int bytes = 0;
    for (Header header : headers) {
      for (String value : header.allValues()) {
        bytes += header.name().length() + value.length() + SEPARATOR_BYTES;
      }
    }
    if (bytes > MAX_HEADER_BYTES) {
      throw ApiException.builder(ErrorCode.HEADERS_TOO_LARGE).header("Connection", "close").build();
    }
  }

  private static ApiException refuse(String message) {
    return ApiException.builder(ErrorCode.HTTP_ERROR).httpStatus(400).message(message).header("Connection", "close").build();
  }
}
