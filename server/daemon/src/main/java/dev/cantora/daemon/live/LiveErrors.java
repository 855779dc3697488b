package dev.cantora.daemon.live;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.live.ErrorMessage;
import dev.cantora.api.model.Issue;
import java.util.List;

/** Error messages of live sessions in the words of the catalogue. */
final class LiveErrors {

  private static final int MAX_ISSUES = 5;

  private LiveErrors() {}

  static ErrorMessage of(ErrorCode code) {
    return of(code, code.message());
  }

  static ErrorMessage of(ErrorCode code, String message) {
    return ErrorMessage.builder().code(code.name()).message(message).hint(code.hint()).build();
  }

  static ErrorMessage invalid(List<Issue> issues) {
    return ErrorMessage.builder().code(ErrorCode.INVALID_MESSAGE.name()).message(ErrorCode.INVALID_MESSAGE.message())
        .hint(ErrorCode.INVALID_MESSAGE.hint()).issues(issues.stream().limit(MAX_ISSUES).toList()).build();
  }

  static ErrorMessage invalid(String path, String problem) {
    return invalid(List.of(Issue.builder().path(path).message(problem).build()));
  }

  static ErrorMessage unknownTimbre(String path, String name, List<String> known) {
    return invalid(path, "is not a timbre of this voice, which has " + String.join(", ", known));
  }
}
