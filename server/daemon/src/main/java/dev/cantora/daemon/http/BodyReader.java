package dev.cantora.daemon.http;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads whole bodies within their limit. */
final class BodyReader {
  private final long limitBytes;

  BodyReader(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** @throws ApiException BODY_TOO_LARGE or UNSUPPORTED_MEDIA_TYPE, before a byte is read where the head says enough */
  byte[] read(ServerRequest request) throws IOException {
    requireLength(request);
    requireJson(request);
    return readAll(request);
  }

  /** Any kind of body. @throws ApiException BODY_TOO_LARGE */
  byte[] readFile(ServerRequest request) throws IOException {
    requireLength(request);
    return readAll(request);
  }

  private void requireLength(ServerRequest request) {
    if (request.headers().contentLength().orElse(0) > limitBytes) {
      throw tooLarge();
    }
  }

  private byte[] readAll(ServerRequest request) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (request.content().hasEntity()) {
      byte[] piece = new byte[16 * 1024];
      // not closed here: closing reads on, and fails with the very exception that reading failed with
      InputStream in = request.content().inputStream();
      try {
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          body.write(piece, 0, n);
          if (body.size() > limitBytes) {
            throw tooLarge();
          }
        }
      } catch (ServerConnectionException | DataReader.InsufficientDataAvailableException left) {
        throw new CloseConnectionException("the client left before its body was here", left);
      }
    }
    return body.toByteArray();
  }

  private ApiException tooLarge() {
    return ApiException.builder(ErrorCode.BODY_TOO_LARGE).detail("limitBytes", limitBytes)
        .message("The request body exceeds " + limitBytes + " bytes.").build();
  }

  /** A missing type passes, as clients of the reference never needed one that is exact. */
  private static void requireJson(ServerRequest request) {
    String encoding = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity");
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("application/json");
    String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    String parameters = type.toLowerCase(Locale.ROOT);
    boolean json = essence.equals("application/json") || essence.endsWith("+json");
    boolean utf8 = !parameters.contains("charset=") || parameters.matches(".*charset=\"?utf-?8\"?.*");
    if (!json || !utf8 || !encoding.strip().equalsIgnoreCase("identity")) {
      throw new ApiException(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }
  }
}
