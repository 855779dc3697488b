package dev.cantora.daemon.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages about finished jobs, sent to a real server. */
class WebhookTest {
  private static final String SECRET = "sixteen-characters";

  static String body(String url) {
    return "{\"score\":{\"bpm\":100,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.3,\"midi\":60}]},\"config\":{},"
        + "\"webhook\":{\"url\":\"" + url + "\",\"secret\":\"" + SECRET + "\"}}";
  }

  @Test
  void theEndOfAJobIsToldSignedAndAgainAfterAFailure() throws Exception {
    try (Receiver receiver = new Receiver(0, null, 1); TestDaemon daemon = TestDaemon.start("CANTORA_WEBHOOK_HOSTS", "127.0.0.1")) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      String url = "http://127.0.0.1:" + receiver.port() + "/done?x=1";
      Reply accepted = daemon.post("/api/v1/renders", body(url), "Prefer", "respond-async");
      assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
      Receiver.Received first = receiver.next();
      Receiver.Received second = receiver.next();
      assertThat(first.path()).isEqualTo("/done?x=1");
      assertThat(second.delivery()).isEqualTo(first.delivery());
      JsonNode message = second.json();
      assertThat(message.path("jobId").asText()).isEqualTo(accepted.json().path("jobId").asText());
      assertThat(message.path("state").asText()).isEqualTo("done");
      assertThat(message.at("/meta/id").asText()).isNotBlank();
      long time = Long.parseLong(second.signature().replaceAll("^t=(\\d+),.*", "$1"));
      assertThat(second.signature()).isEqualTo(WebhookCall.signature(SECRET, time, second.body()));
      assertThat(String.join("", daemon.log().lines())).doesNotContain(SECRET);
    }
  }

  @Test
  @Provokes(ErrorCode.WEBHOOK_REFUSED)
  void nothingButThePublicInternetIsCalled() throws Exception {
    try (TestDaemon daemon = TestDaemon.start()) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      for (String url : new String[] {"https://127.0.0.1/", "https://localhost:8080/", "https://10.0.0.1/", "https://169.254.169.254/latest/",
          "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fd00::1]/", "https://0.0.0.0/", "https://2130706433/", "http://93.184.216.34/",
          "https://user:pw@93.184.216.34/", "https://192.168.1.1/", "https://100.64.0.1/"}) {
        Reply refused = daemon.post("/api/v1/render", body(url));
        ErrorProof.check(daemon, refused, ErrorCode.WEBHOOK_REFUSED);
      }
      assertThat(daemon.post("/api/v1/render", body("ftp://x")).code()).isEqualTo("INVALID_BODY");
      assertThat(daemon.get("/api/v1/renders").json().path("renders")).as("nothing was rendered").isEmpty();
    }
    for (Map.Entry<String, Boolean> known : Map.of("93.184.216.34", true, "2606:2800:220:1::1", true, "198.18.0.1", false, "2002:7f00:1::", false,
        "64:ff9b::7f00:1", false, "224.0.0.1", false, "2001:db8::1", false, "172.16.0.1", false, "255.255.255.255", false).entrySet()) {
      assertThat(PublicAddresses.contain(InetAddress.getByName(known.getKey()))).as(known.getKey()).isEqualTo(known.getValue());
    }
  }
}
