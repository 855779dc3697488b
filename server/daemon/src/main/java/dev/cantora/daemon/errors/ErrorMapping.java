package dev.cantora.daemon.errors;

import dev.cantora.api.ErrorCode;
import dev.cantora.engine.EngineException;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import java.util.List;
import java.util.Map;

/** Turns whatever was thrown into a code of the catalogue. Foreign messages stay in the log. */
public final class ErrorMapping {
  private ErrorMapping() {}

  public static ApiException map(Throwable thrown) {
    return switch (thrown) {
      case ApiException known -> known;
      case EngineException fault -> fromEngine(fault);
      case HttpException refused -> fromStatus(refused.status().code(), refused);
      case RequestException refused -> fromStatus(refused.status().code(), refused);
      default -> ApiException.builder(ErrorCode.INTERNAL_ERROR).cause(thrown).build();
    };
  }

  /** A fault of the engine; its message and details are written for clients. */
  public static ApiException fromEngine(EngineException fault) {
    ErrorCode code = ErrorCode.valueOf(fault.fault().name());
    ApiException.Builder builder = ApiException.builder(code).message(fault.getMessage()).details(fault.details());
    if (code == ErrorCode.INVALID_BODY) {
      String path = fault.path() == null ? "" : fault.path();
      builder.topLevel("issues", List.of(new Issue(path, fault.getMessage(), "invalid")))
          .hint(code.hint(Map.of("path", path.isEmpty() ? "the body" : path, "problem", fault.getMessage())));
    }
    for (String name : List.of("available", "presetId")) {
      if (code == ErrorCode.PRESET_NOT_FOUND && fault.details().containsKey(name)) {
        builder.topLevel(name, fault.details().get(name));
      }
    }
    return builder.cause(code.httpStatus() >= 500 ? fault : null).build();
  }

  /** An error the HTTP layer found by itself, known only by its status. */
  public static ApiException fromStatus(int status, Throwable cause) {
    ErrorCode code = switch (status) {
      case 401 -> ErrorCode.UNAUTHORIZED;
      case 403 -> ErrorCode.FORBIDDEN;
      case 404 -> ErrorCode.NOT_FOUND;
      case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
      case 408 -> ErrorCode.REQUEST_TIMEOUT;
      case 413 -> ErrorCode.BODY_TOO_LARGE;
      case 414 -> ErrorCode.URI_TOO_LONG;
      case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
      case 416 -> ErrorCode.RANGE_NOT_SATISFIABLE;
      case 429 -> ErrorCode.RATE_LIMITED;
      case 431 -> ErrorCode.HEADERS_TOO_LARGE;
      case 500 -> ErrorCode.INTERNAL_ERROR;
      default -> ErrorCode.HTTP_ERROR;
    };
    ApiException.Builder builder = ApiException.builder(code).cause(cause);
    return code == ErrorCode.HTTP_ERROR ? builder.httpStatus(status).build() : builder.build();
  }
}
