package dev.cantora.daemon.webhook;

import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages, three times at most. Each on a virtual thread of its own; a bounded number at once. */
public final class Webhooks {
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final long[] PAUSES_MS = {1_000, 5_000};
  private static final int MOST_AT_ONCE = 32;

  private final Set<String> allowedHosts;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);

  /** @param allowedHosts hosts in lower case that may be private and without TLS */
  public Webhooks(Set<String> allowedHosts) {
    this.allowedHosts = Set.copyOf(allowedHosts);
  }

  /** @throws ApiException WEBHOOK_REFUSED for a URL that would not be called */
  public void requireAllowed(String url) {
    WebhookTarget.of(url, allowedHosts);
  }

  /** Sends a message in the background. @param message as JSON @param secret signs it */
  public void send(String url, String secret, Map<String, Object> message) {
    byte[] body = Json.bytes(message);
    String delivery = UUID.randomUUID().toString();
    Thread.ofVirtual().name("webhook").start(() -> deliver(url, secret, delivery, body));
  }

  private void deliver(String url, String secret, String delivery, byte[] body) {
    for (int attempt = 0; ; attempt++) {
      String problem = attempt(url, secret, delivery, body);
      if (problem == null) {
        LOG.atInfo().addKeyValue("delivery", delivery).addKeyValue("attempts", attempt + 1).log("webhook_delivered");
        return;
      }
      if (attempt == PAUSES_MS.length) {
        LOG.atWarn().addKeyValue("delivery", delivery).addKeyValue("problem", problem).log("webhook_given_up");
        return;
      }
      try {
        Thread.sleep(PAUSES_MS[attempt]);
      } catch (InterruptedException stopping) {
        return;
      }
    }
  }

  /** @return null when it arrived */
  private String attempt(String url, String secret, String delivery, byte[] body) {
    room.acquireUninterruptibly();
    try {
      // looked up and checked anew each time: a name may have moved to a private address meanwhile
      WebhookTarget target = WebhookTarget.of(url, allowedHosts);
      long nowSec = System.currentTimeMillis() / 1000;
      int status = WebhookCall.post(target, delivery, WebhookCall.signature(secret, nowSec, body), body);
      return status >= 200 && status < 300 ? null : "status " + status;
    } catch (ApiException refused) {
      return "refused";
    } catch (IOException unreachable) {
      return unreachable.getClass().getSimpleName();
    } finally {
      room.release();
    }
  }
}
