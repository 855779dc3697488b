package dev.cantora.daemon.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.config.TrustedProxies;
import dev.cantora.daemon.testing.TestDaemon;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      // trust            | peer        | X-Forwarded-For                | client
      "loopback           | 127.0.0.1   | 203.0.113.9                    | 203.0.113.9",
      "loopback           | 198.51.100.1| 203.0.113.9                    | 198.51.100.1",
      "loopback           | 127.0.0.1   | 6.6.6.6, 203.0.113.9           | 203.0.113.9",
      "1                  | 10.0.0.1    | 6.6.6.6, 203.0.113.9           | 203.0.113.9",
      "2                  | 10.0.0.1    | 203.0.113.9, 10.0.0.2          | 203.0.113.9",
      "true               | 10.0.0.1    | 6.6.6.6, 203.0.113.9           | 203.0.113.9",
      "0                  | 127.0.0.1   | 203.0.113.9                    | 127.0.0.1",
      "10.0.0.0/8         | 10.1.2.3    | 6.6.6.6, 203.0.113.9, 10.9.9.9 | 203.0.113.9",
      "10.0.0.0/8         | 10.1.2.3    | nonsense                       | 10.1.2.3",
      "10.0.0.0/8         | 10.1.2.3    | evil.example.com, 10.0.0.4     | 10.0.0.4",
      "10.0.0.0/8,fd00::/8| fd00::1     | 203.0.113.9:4711               | 203.0.113.9",
  })
  void firstAddressThatIsNoTrustedProxyIsTheClient(String trust, String peer, String header, String client) {
    ClientAddress addresses = new ClientAddress(TrustedProxies.parse(trust));
    assertThat(addresses.of(TrustedProxies.literal(peer), List.of(), List.of(header)).getHostAddress()).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "for=203.0.113.9;proto=https                    | 203.0.113.9",
      "for=6.6.6.6, For=\"203.0.113.9:80\"            | 203.0.113.9",
      "for=\"[2001:db8::1]:4711\"                     | 2001:db8:0:0:0:0:0:1",
      "for=unknown                                    | 127.0.0.1",
      "for=_hidden                                    | 127.0.0.1",
      "proto=https                                    | 127.0.0.1",
  })
  void forwardedIsUnderstood(String header, String client) {
    ClientAddress addresses = new ClientAddress(TrustedProxies.LOOPBACK);
    assertThat(addresses.of(TrustedProxies.literal("127.0.0.1"), List.of(header), List.of()).getHostAddress()).isEqualTo(client);
  }

  /** A proxy that writes one header hands on the other as the client sent it. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      // Forwarded                      | X-Forwarded-For          | client
      "for=203.0.113.9                  | 203.0.113.9              | 203.0.113.9",
      "for=6.6.6.6                      | 203.0.113.9              | 127.0.0.1",
      "for=203.0.113.9                  | 6.6.6.6                  | 127.0.0.1",
      "for=_hidden                      | 203.0.113.9              | 127.0.0.1",
      "for=6.6.6.6, for=203.0.113.9     | 7.7.7.7, 203.0.113.9     | 203.0.113.9",
  })
  void twoHeadersThatDisagreeAreNotBelieved(String forwarded, String xForwardedFor, String client) {
    ClientAddress addresses = new ClientAddress(TrustedProxies.LOOPBACK);
    assertThat(addresses.of(TrustedProxies.literal("127.0.0.1"), List.of(forwarded), List.of(xForwardedFor)).getHostAddress())
        .isEqualTo(client);
  }

  /** What a client puts in front of what its proxy says never gives it a bucket of its own, in whichever header. */
  @Test
  void overTheWireAClientBehindAProxyIsCountedOnceWhateverItClaims() {
    try (TestDaemon daemon = TestDaemon.start("RATE_LIMIT_RPM", "1", "TRUST_PROXY", "loopback")) {
      assertThat(statusOf(daemon, "X-Forwarded-For", "203.0.113.9")).isEqualTo(200);
      for (int i = 1; i < 5; i++) {
        assertThat(statusOf(daemon, "X-Forwarded-For", "6.6.6." + i + ", 203.0.113.9")).isEqualTo(429);
        assertThat(statusOf(daemon, "Forwarded", "for=6.6.6." + i + ", for=203.0.113.9")).isEqualTo(429);
      }
      assertThat(statusOf(daemon, "X-Forwarded-For", "203.0.113.10")).as("another client").isEqualTo(200);
      assertThat(statusOf(daemon, "X-Forwarded-For", "203.0.113.9", "Forwarded", "for=6.6.6.1")).as("counted as the proxy").isEqualTo(200);
      assertThat(statusOf(daemon, "X-Forwarded-For", "203.0.113.9", "Forwarded", "for=6.6.6.2")).isEqualTo(429);
    }
    try (TestDaemon daemon = TestDaemon.start("RATE_LIMIT_RPM", "1", "TRUST_PROXY", "false")) {
      assertThat(statusOf(daemon, "X-Forwarded-For", "203.0.113.9")).isEqualTo(200);
      assertThat(statusOf(daemon, "X-Forwarded-For", "203.0.113.10")).as("no proxy is trusted").isEqualTo(429);
    }
  }

  private static int statusOf(TestDaemon daemon, String... headers) {
    return daemon.post("/api/v1/phonemize", "{\"text\":\"la\",\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":60}]}", headers)
        .status();
  }

  @Test
  void oneNetworkOfIpv6IsOneClient() {
    assertThat(Arrays.asList("2001:db8::1", "2001:db8::ffff:1").stream()
        .map(text -> ClientAddress.countingKey(TrustedProxies.literal(text))).distinct()).hasSize(1);
  }
}
