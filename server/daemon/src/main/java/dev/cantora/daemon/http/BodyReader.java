package dev.cantora.daemon.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
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
  private final long planLimitBytes;

  /** @param limitBytes for all bodies @param planLimitBytes for those whose score has a plan */
  BodyReader(long limitBytes, long planLimitBytes) {
    this.limitBytes = limitBytes;
    this.planLimitBytes = planLimitBytes;
  }

  /** @throws ApiException BODY_TOO_LARGE or UNSUPPORTED_MEDIA_TYPE, before a byte is read where the head says enough */
  JsonNode read(ServerRequest request) throws IOException {
    requireLength(request, limitBytes);
    requireJson(request);
    return Json.parse(readAll(request, limitBytes, () -> { }));
  }

  /**
   * A body that may hold a plan, and with one be larger.
   *
   * @param beyond asked before a byte beyond the usual limit is read; may refuse
   * @throws ApiException BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, and what {@code beyond} throws
   */
  JsonNode readPlan(ServerRequest request, Runnable beyond) throws IOException {
    requireLength(request, planLimitBytes);
    requireJson(request);
    boolean announced = request.headers().contentLength().orElse(0) > limitBytes;
    if (announced) {
      beyond.run();
    }
    byte[] body = readAll(request, planLimitBytes, announced ? () -> { } : beyond);
    JsonNode parsed = Json.parse(body);
    if (body.length > limitBytes && !parsed.path("score").has("plan")) {
      throw tooLarge(limitBytes);
    }
    return parsed;
  }

  /** Any kind of body. @throws ApiException BODY_TOO_LARGE */
  byte[] readFile(ServerRequest request) throws IOException {
    requireLength(request, limitBytes);
    return readAll(request, limitBytes, () -> { });
  }

  private static void requireLength(ServerRequest request, long most) {
    if (request.headers().contentLength().orElse(0) > most) {
      throw tooLarge(most);
    }
  }

  private byte[] readAll(ServerRequest request, long most, Runnable beyond) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (request.content().hasEntity()) {
      byte[] piece = new byte[16 * 1024];
      // not closed here: closing reads on, and fails with the very exception that reading failed with
      InputStream in = request.content().inputStream();
      try {
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          if (body.size() <= limitBytes && body.size() + n > limitBytes) {
            beyond.run();
          }
          body.write(piece, 0, n);
          if (body.size() > most) {
            throw tooLarge(most);
          }
        }
      } catch (ServerConnectionException | DataReader.InsufficientDataAvailableException left) {
        throw new CloseConnectionException("the client left before its body was here", left);
      }
    }
    return body.toByteArray();
  }

  private static ApiException tooLarge(long most) {
    return ApiException.builder(ErrorCode.BODY_TOO_LARGE).detail("limitBytes", most)
        .message("The request body exceeds " + most + " bytes.").build();
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
