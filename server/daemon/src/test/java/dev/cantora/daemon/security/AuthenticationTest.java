package dev.cantora.daemon.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AuthenticationTest {
  private static final String DETAILED = "/api/v1/health/detailed";
  private static final String METRICS = "/api/v1/metrics";

  @TempDir
  Path folder;

  private static int status(TestDaemon daemon, String path, String key) {
    return daemon.get(path, "Authorization", "Bearer " + key).status();
  }

  @Test
  @Provokes(ErrorCode.UNAUTHORIZED)
  void missingAndWrongKeysAreUnauthorised() {
    try (TestDaemon daemon = TestDaemon.start("AUTH_TOKEN", "s3cret-token")) {
      ErrorProof.check(daemon, daemon.get(DETAILED), ErrorCode.UNAUTHORIZED);
      ErrorProof.check(daemon, daemon.get(DETAILED, "Authorization", "Bearer wrong"), ErrorCode.UNAUTHORIZED);
      ErrorProof.check(daemon, daemon.get(DETAILED + "?token=s3cret-token"), ErrorCode.UNAUTHORIZED);
      ErrorProof.check(daemon, daemon.get(DETAILED, "Authorization", "Basic s3cret-token"), ErrorCode.UNAUTHORIZED);
      assertThat(daemon.get(DETAILED, "Authorization", "bEARER s3cret-token").status()).isEqualTo(200);
      assertThat(status(daemon, METRICS, "s3cret-token")).isEqualTo(200);
      assertThat(new String(daemon.get(METRICS, "Authorization", "Bearer s3cret-token").body()))
          .contains("vocal_synth_auth_failures_total 4.0");
      assertThat(String.join("", daemon.log().lines())).doesNotContain("s3cret-token").doesNotContain("Bearer ");
    }
  }

  @Test
  @Provokes(ErrorCode.FORBIDDEN)
  void metricsAreForAdministrators() {
    String keys = "[{\"id\":\"ann\",\"key\":\"ann-key\"},{\"id\":\"root\",\"key\":\"root-key\",\"admin\":true}]";
    try (TestDaemon daemon = TestDaemon.start("AUTH_KEYS", keys, "AUTH_TOKEN", "ignored")) {
      ErrorProof.check(daemon, daemon.get(METRICS, "Authorization", "Bearer ann-key"), ErrorCode.FORBIDDEN);
      assertThat(status(daemon, METRICS, "root-key")).isEqualTo(200);
      assertThat(status(daemon, METRICS, "ignored")).isEqualTo(401);
    }
  }

  @Test
  void pathsAreForAdministrators() {
    String keys = "[{\"id\":\"ann\",\"key\":\"ann-key\"},{\"id\":\"root\",\"key\":\"root-key\",\"admin\":true}]";
    try (TestDaemon daemon = TestDaemon.start("AUTH_KEYS", keys)) {
      assertThat(daemon.get(DETAILED, "Authorization", "Bearer ann-key").json().has("presetDir")).isFalse();
      assertThat(daemon.get(DETAILED, "Authorization", "Bearer root-key").json().path("presetDir").asText()).isNotEmpty();
    }
  }

  @Test
  void commaListAndMappingNameNoAdministrators() {
    for (String form : new String[] {"ann:key:with:colons, bob:b", "{\"ann\":\"key:with:colons\",\"bob\":\"b\"}"}) {
      try (TestDaemon daemon = TestDaemon.start("AUTH_KEYS", form)) {
        assertThat(status(daemon, DETAILED, "key:with:colons")).isEqualTo(200);
        assertThat(status(daemon, METRICS, "b")).isEqualTo(403);
      }
    }
  }

  @Test
  void keysFileWinsAndIsReadAgainWhenItChanges() throws Exception {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, "{\"ann\":\"first\"}");
    try (TestDaemon daemon = TestDaemon.start("AUTH_KEYS_FILE", file.toString(), "AUTH_KEYS", "bob:other")) {
      assertThat(status(daemon, DETAILED, "first")).isEqualTo(200);
      assertThat(status(daemon, DETAILED, "other")).isEqualTo(401);
      change(file, "ann:second");
      await(daemon, "second", 200);
      assertThat(status(daemon, DETAILED, "first")).isEqualTo(401);
      change(file, "{ broken");
      awaitReloadFailed(daemon, "second", 200);
      Files.delete(file);
      await(daemon, "second", 200);
    }
  }

  /** Editors empty a file before they write it, and without keys the daemon would be open. */
  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "[]", "{}"})
  void aKeysFileThatIsEmptiedNeitherOpensTheDoorsNorLetsOldKeysGo(String emptied) throws Exception {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, "{\"ann\":\"first\"}");
    try (TestDaemon daemon = TestDaemon.start("AUTH_KEYS_FILE", file.toString())) {
      change(file, emptied);
      awaitReloadFailed(daemon, "nobody's", 401);
      assertThat(daemon.get(DETAILED).status()).isEqualTo(401);
      assertThat(status(daemon, DETAILED, "first")).isEqualTo(200);
      change(file, "ann:second");
      await(daemon, "second", 200);
    }
  }

  @Test
  void emptySourcesFallThrough() throws IOException {
    Path file = folder.resolve("empty.json");
    Files.writeString(file, "[]");
    try (TestDaemon daemon = TestDaemon.startIn(folder, Map.of("AUTH_KEYS_FILE", file.toString(), "AUTH_TOKEN", "t"))) {
      assertThat(daemon.get(DETAILED, "Authorization", "Bearer t").json().path("authMode").asText()).isEqualTo("token");
    }
  }

  @Test
  void openModeInProductionWarnsLoudly() {
    try (TestDaemon daemon = TestDaemon.start("NODE_ENV", "production", "DEV_HOST", "127.0.0.1", "CANTORA_HOST", "127.0.0.1")) {
      assertThat(daemon.log().events("boot_auth_open_mode_in_production")).singleElement()
          .satisfies(event -> assertThat(event.path("level").asInt()).isEqualTo(40));
      assertThat(daemon.get(METRICS).status()).isEqualTo(200);
    }
  }

  /** Browsers cannot send the header with a socket, and not everybody wants keys in addresses. */
  @Test
  void socketsTakeTheirKeyFromTheQueryTheHeaderOrASubProtocol() {
    try (TestDaemon daemon = TestDaemon.start("AUTH_KEYS", "ann:ann-key")) {
      for (String path : List.of("/ws", "/ws/jam")) {
        assertThat(closing(daemon, path + "?token=ann-key", builder -> { })).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(closing(daemon, path, builder -> builder.header("Authorization", "Bearer ann-key"))).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(closing(daemon, path, builder -> builder.subprotocols("cantora", "bearer.ann-key"))).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(closing(daemon, path, builder -> builder.subprotocols("cantora", "bearer.ann-kex"))).isEqualTo(4001);
        assertThat(closing(daemon, path, builder -> { })).isEqualTo(4001);
      }
      assertThat(String.join("", daemon.log().lines())).doesNotContain("ann-key", "ann-kex");
    }
  }

  /** Says goodbye at once. @return how the server ended the connection */
  private static int closing(TestDaemon daemon, String path, Consumer<WebSocket.Builder> credentials) {
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket.Builder builder = daemon.client().newWebSocketBuilder();
    credentials.accept(builder);
    builder.buildAsync(daemon.socketUri(path), new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(code);
        return null;
      }
    }).join().sendClose(WebSocket.NORMAL_CLOSURE, "");
    return closed.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void guessingIsSlowedDownButValidKeysAreNot() {
    FailureBrake brake = new FailureBrake(() -> 0);
    for (int i = 0; i < 10; i++) {
      assertThat(brake.delayNs("ip:1.2.3.4")).isZero();
    }
    assertThat(brake.delayNs("ip:1.2.3.4")).isEqualTo(50_000_000L);
    assertThat(brake.delayNs("ip:1.2.3.4")).isEqualTo(100_000_000L);
    for (int i = 0; i < 100; i++) {
      assertThat(brake.delayNs("ip:1.2.3.4")).isLessThanOrEqualTo(1_000_000_000L);
    }
    assertThat(brake.delayNs("ip:5.6.7.8")).isZero();
  }

  @Test
  void whoGuessesOverTheWireWaitsAndWhoKnowsAKeyDoesNot() {
    try (TestDaemon daemon = TestDaemon.start("AUTH_TOKEN", "right")) {
      for (int i = 0; i < 11; i++) {
        assertThat(status(daemon, DETAILED, "guess-" + i)).isEqualTo(401);
      }
      long beganNs = System.nanoTime();
      assertThat(status(daemon, DETAILED, "guess-12")).isEqualTo(401);
      assertThat(System.nanoTime() - beganNs).as("the second that had to wait").isGreaterThanOrEqualTo(100_000_000L);
      // sockets share the count: whatever is guessed where, the next wait is longer
      beganNs = System.nanoTime();
      assertThat(closing(daemon, "/ws?token=guess-13", builder -> { })).isEqualTo(4001);
      assertThat(System.nanoTime() - beganNs).isGreaterThanOrEqualTo(200_000_000L);
      assertThat(status(daemon, DETAILED, "right")).isEqualTo(200);
    }
  }

  /** Over many connections at once nobody waits less, as their keys are not looked at while others wait. */
  @Test
  void guessingOverManyConnectionsIsNoWayAround() throws InterruptedException {
    try (TestDaemon daemon = TestDaemon.start("AUTH_TOKEN", "right")) {
      AtomicBoolean over = new AtomicBoolean();
      List<Thread> guessers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        guessers.add(Thread.startVirtualThread(() -> {
          while (!over.get()) {
            daemon.get(DETAILED, "Authorization", "Bearer wrong", "X-Forwarded-For", "203.0.113.66");
          }
        }));
      }
      int answer;
      do {
        answer = daemon.get(DETAILED, "Authorization", "Bearer right", "X-Forwarded-For", "203.0.113.66").status();
      } while (answer == 200);
      assertThat(answer).as("from where so many guess").isEqualTo(401);
      for (int i = 0; i < 20; i++) {
        assertThat(daemon.get(DETAILED, "Authorization", "Bearer right", "X-Forwarded-For", "203.0.113.67").status())
            .as("from elsewhere").isEqualTo(200);
      }
      over.set(true);
      for (Thread guesser : guessers) {
        guesser.join();
      }
      assertThat(daemon.get(DETAILED, "Authorization", "Bearer right", "X-Forwarded-For", "203.0.113.66").status())
          .as("from there once nobody waits").isEqualTo(200);
    }
  }

  private static void change(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 5000L * text.length()));
  }

  /** @param key which meanwhile is answered as before */
  private static void awaitReloadFailed(TestDaemon daemon, String key, int meanwhile) throws InterruptedException {
    long endNs = System.nanoTime() + 20_000_000_000L;
    while (daemon.log().events("auth_keys_reload_failed").isEmpty() && System.nanoTime() < endNs) {
      assertThat(status(daemon, DETAILED, key)).isEqualTo(meanwhile);
      Thread.sleep(50);
    }
    assertThat(daemon.log().events("auth_keys_reload_failed")).isNotEmpty();
  }

  private static void await(TestDaemon daemon, String key, int expected) throws InterruptedException {
    long endNs = System.nanoTime() + 20_000_000_000L;
    Reply last;
    do {
      last = daemon.get(DETAILED, "Authorization", "Bearer " + key);
      if (last.status() == expected) {
        return;
      }
      Thread.sleep(50);
    } while (System.nanoTime() < endNs);
    throw new AssertionError("still " + last);
  }
}
