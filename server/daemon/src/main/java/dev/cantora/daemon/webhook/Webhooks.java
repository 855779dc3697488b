package dev.cantora.daemon.webhook;

import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.shelf.Shelf;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages, up to {@value #ATTEMPTS} times, each on a virtual thread of its own, a bounded number at once. A message is
 * kept until it has arrived or is given up, so that the next daemon sends what this one could not; a receiver may see one
 * twice, with the same delivery id.
 */
public final class Webhooks {
  static final int ATTEMPTS = 6;
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final long[] PAUSES_MS = {1_000, 5_000, 30_000, 120_000, 600_000};
  private static final int MOST_AT_ONCE = 32;
  /** More are sent once and not kept: a receiver that is gone for hours must not fill the disk. */
  private static final int MOST_WAITING = 1000;
  private static final long DAY_MS = 86_400_000;
  private static final long LAST_MOMENT_MS = 500;

  private final Set<String> allowedHosts;
  private final Shelf waiting;
  private final Supplier<SSLSocketFactory> tls;
  private final HostAddresses addresses;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final AtomicInteger count = new AtomicInteger();
  private final ExecutorService deliveries = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook").factory());

  /** @param allowedHosts hosts in lower case that may be private and without TLS @param waiting holds what is not delivered */
  public Webhooks(Set<String> allowedHosts, Shelf waiting) {
    this(allowedHosts, waiting, () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), HostAddresses.SYSTEM);
  }

  /** @param tls asked when it is needed: reading the platform's certificates takes long */
  Webhooks(Set<String> allowedHosts, Shelf waiting, Supplier<SSLSocketFactory> tls, HostAddresses addresses) {
    this.allowedHosts = Set.copyOf(allowedHosts);
    this.waiting = waiting;
    this.tls = tls;
    this.addresses = addresses;
  }

  /** @throws ApiException WEBHOOK_REFUSED for a URL that would not be called */
  public void requireAllowed(String url) {
    WebhookTarget.of(url, allowedHosts, addresses);
  }

  /** Sends what an earlier daemon could not, in the background. */
  public void resume() {
    for (Shelf.Document document : waiting.all()) {
      try {
        Message message = Json.bind(Json.parse(document.content()), Message.class);
        if (System.currentTimeMillis() - message.sinceMs() > DAY_MS) {
          waiting.remove(document.name());
          continue;
        }
        count.incrementAndGet();
        start(document.name(), message, true);
      } catch (ApiException damaged) {
        LOG.atWarn().addKeyValue("delivery", document.name()).log("webhook_unreadable");
        waiting.remove(document.name());
      }
    }
  }

  /** A message that will be sent; one of them, whatever happens. */
  public final class Promise {
    private final String delivery = UUID.randomUUID().toString();
    private final String url;
    private final String secret;
    private final boolean kept;

    private Promise(String url, String secret, Map<String, Object> otherwise) {
      this.url = url;
      this.secret = secret;
      boolean fits = count.incrementAndGet() <= MOST_WAITING;
      this.kept = fits && keep(delivery, message(otherwise));
    }

    /** Sends it in the background. @param body as JSON */
    public void send(Map<String, Object> body) {
      Message message = message(body);
      boolean stillKept = kept && keep(delivery, message);
      start(delivery, message, stillKept);
    }

    private Message message(Map<String, Object> body) {
      return new Message(url, secret, Json.tree(body), System.currentTimeMillis());
    }
  }

  /** @param otherwise what the next daemon sends if this one dies before the promise is kept */
  public Promise promise(String url, String secret, Map<String, Object> otherwise) {
    return new Promise(url, secret, otherwise);
  }

  private boolean keep(String delivery, Message message) {
    try {
      waiting.put(delivery, Json.bytes(message));
      return true;
    } catch (IOException diskRefuses) {
      LOG.atWarn().addKeyValue("delivery", delivery).setCause(diskRefuses).log("webhook_not_kept");
      return false;
    }
  }

  private void start(String delivery, Message message, boolean kept) {
    try {
      deliveries.execute(() -> {
        if (deliver(delivery, message, kept ? ATTEMPTS : 1)) {
          waiting.remove(delivery);
        }
        count.decrementAndGet();
      });
    } catch (RejectedExecutionException stopping) {
      LOG.atInfo().addKeyValue("delivery", delivery).addKeyValue("kept", kept).log("webhook_left_for_the_next_start");
    }
  }

  /** Gives what is under way a moment, and leaves the rest to the next daemon. */
  public void close() throws InterruptedException {
    deliveries.shutdown();
    deliveries.awaitTermination(LAST_MOMENT_MS, TimeUnit.MILLISECONDS);
    deliveries.shutdownNow();
  }

  /** @return whether it has arrived or is given up; false when the daemon stops */
  private boolean deliver(String delivery, Message message, int attempts) {
    byte[] body = Json.bytes(message.body());
    for (int attempt = 1; ; attempt++) {
      String problem = attempt(message, delivery, body);
      if (problem == null) {
        LOG.atInfo().addKeyValue("delivery", delivery).addKeyValue("attempts", attempt).log("webhook_delivered");
        return true;
      }
      if (attempt == attempts) {
        LOG.atWarn().addKeyValue("delivery", delivery).addKeyValue("problem", problem).log("webhook_given_up");
        return true;
      }
      try {
        Thread.sleep(PAUSES_MS[attempt - 1]);
      } catch (InterruptedException stopping) {
        return false;
      }
    }
  }

  /** @return null when it arrived */
  private String attempt(Message message, String delivery, byte[] body) {
    room.acquireUninterruptibly();
    try {
      // looked up and checked anew each time: a name may have moved to a private address meanwhile
      WebhookTarget target = WebhookTarget.of(message.url(), allowedHosts, addresses);
      long nowSec = System.currentTimeMillis() / 1000;
      int status = WebhookCall.post(target, tls, delivery, WebhookCall.signature(message.secret(), nowSec, body), body);
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
