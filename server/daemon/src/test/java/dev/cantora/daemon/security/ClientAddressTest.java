package dev.cantora.daemon.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.config.TrustedProxies;
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
    assertThat(addresses.of(TrustedProxies.literal("127.0.0.1"), List.of(header), List.of("9.9.9.9")).getHostAddress())
        .isEqualTo(client);
  }

  @Test
  void oneNetworkOfIpv6IsOneClient() {
    assertThat(Arrays.asList("2001:db8::1", "2001:db8::ffff:1").stream()
        .map(text -> ClientAddress.countingKey(TrustedProxies.literal(text))).distinct()).hasSize(1);
  }
}
