package dev.cantora.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

  @Test
  void theSeedsStatusesStand() {
    assertThat(ErrorCode.RENDER_STORE_FULL.httpStatus()).isEqualTo(507);
    assertThat(ErrorCode.RENDER_TOO_LARGE.httpStatus()).isEqualTo(413);
    assertThat(ErrorCode.RENDER_CANCELLED.httpStatus()).isEqualTo(499);
    assertThat(ErrorCode.SERVER_SHUTDOWN.httpStatus()).isEqualTo(503);
    assertThat(ErrorCode.UNSUPPORTED_PRESET_VERSION.httpStatus()).isEqualTo(400);
    assertThat(ErrorCode.CANCELLED.httpStatus()).isZero();
    assertThat(Arrays.stream(ErrorCode.values()).filter(code -> code.origin() == ErrorCode.Origin.SEED)).hasSize(26);
  }

  @Test
  void aHintIsMadeExactWhereItsValuesAreKnown() {
    assertThat(ErrorCode.RATE_LIMITED.hint(Map.of("retryAfterSec", 12))).isEqualTo("Wait 12 s before the next request.");
    assertThat(ErrorCode.RATE_LIMITED.hint(Map.of())).isEqualTo(ErrorCode.RATE_LIMITED.hint());
  }

  @Test
  void everyCodeOfTheRestApiCanBeAnsweredBySomeOperation() {
    Set<ErrorCode> answered = EnumSet.copyOf(Operation.COMMON_CODES);
    Arrays.stream(Operation.values()).forEach(operation -> answered.addAll(operation.codes()));
    Set<ErrorCode> rest = EnumSet.noneOf(ErrorCode.class);
    Arrays.stream(ErrorCode.values()).filter(code -> code.scopes().contains(ErrorCode.Scope.REST)).forEach(rest::add);
    assertThat(answered).isEqualTo(rest);
  }

  @Test
  void codesAreFoundByName() {
    assertThat(ErrorCode.of("NOT_FOUND")).contains(ErrorCode.NOT_FOUND);
    assertThat(ErrorCode.of("FROM_THE_FUTURE")).isEmpty();
  }
}
