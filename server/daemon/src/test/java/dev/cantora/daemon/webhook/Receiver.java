package dev.cantora.daemon.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.cantora.daemon.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Somebody's server that is told of jobs; fails as many times as it is told to first. */
public final class Receiver implements AutoCloseable {

  /** One request. */
  public record Received(String path, String signature, String delivery, byte[] body) {
    public JsonNode json() {
      return Json.parse(body);
    }
  }

  private final HttpServer server;
  private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();

  /** @param port 0 for a free one @param tls null for none @param failures requests that are answered with 500 before all others */
  public Receiver(int port, SSLContext tls, int failures) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    if (tls == null) {
      server = HttpServer.create(address, 0);
    } else {
      HttpsServer secure = HttpsServer.create(address, 0);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = secure;
    }
    AtomicInteger calls = new AtomicInteger();
    server.createContext("/", exchange -> {
      byte[] body = exchange.getRequestBody().readAllBytes();
      received.add(new Received(exchange.getRequestURI().toString(), exchange.getRequestHeaders().getFirst("X-Cantora-Signature"),
          exchange.getRequestHeaders().getFirst("X-Cantora-Delivery"), body));
      exchange.sendResponseHeaders(calls.incrementAndGet() <= failures ? 500 : 204, -1);
      exchange.close();
    });
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public Received next() throws InterruptedException {
    return received.poll(60, TimeUnit.SECONDS);
  }

  public int waiting() {
    return received.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
