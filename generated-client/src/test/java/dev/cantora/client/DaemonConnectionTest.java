package dev.cantora.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cantora.client.api.OperationsApi;
import dev.cantora.client.api.ProbesApi;
import dev.cantora.client.errors.UnauthorizedException;
import dev.cantora.client.http.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real daemon with a key. */
class DaemonConnectionTest {
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("AUTH_TOKEN", "s3cret");
  }

  @AfterAll
  static void stop() throws Exception {
    daemon.close();
  }

  private static String url() {
    return "http://127.0.0.1:" + daemon.port();
  }

  @Test
  void healthAndProbesAreOpen() {
    Cantora cantora = Cantora.connect(url());
    assertThat(cantora.health().version()).isNotBlank();
    assertThat(new ProbesApi(cantora.transport()).livez().execute()).startsWith("ok");
  }

  @Test
  void theKeyOpensWhatNeedsOne() {
    Reply<?> reply = new OperationsApi(Cantora.connect(url(), "s3cret").transport()).getHealthDetailed()
        .header("X-Request-Id", "mine-1").executeForReply();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Request-Id")).contains("mine-1");
  }

  @Test
  void aWrongKeyIsAnUnauthorizedExceptionWithHintAndRequestId() {
    Cantora cantora = Cantora.connect(url(), "wrong");
    UnauthorizedException refused = catchThrowableOfType(UnauthorizedException.class,
        () -> new OperationsApi(cantora.transport()).getHealthDetailed().execute());
    assertThat(refused.report().httpStatus()).isEqualTo(401);
    assertThat(refused.hint()).isPresent();
    assertThat(refused.requestId()).isPresent();
  }
}
