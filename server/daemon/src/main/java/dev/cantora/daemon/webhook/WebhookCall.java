package dev.cantora.daemon.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over a connection of its own to an address that was checked before; redirects are not followed. The JDK's
 * client cannot be told which address of a host to use, hence by hand.
 */
final class WebhookCall {
  private static final int TIMEOUT_MS = 10_000;
  private static final int MOST_HEAD_BYTES = 8192;

  private WebhookCall() {}

  /** HMAC-SHA256 over time, a dot, and the body: {@code t=<seconds>,v1=<hex>}. */
  static String signature(String secret, long epochSec, byte[] body) {
    try {
      Key key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((epochSec + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + epochSec + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** @return status of the answer @throws IOException when there is none */
  static int post(WebhookTarget target, Supplier<SSLSocketFactory> tls, String delivery, String signature, byte[] body) throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(target.address(), target.port()), TIMEOUT_MS);
      plain.setSoTimeout(TIMEOUT_MS);
      if (!target.tls()) {
        return exchange(plain, target, delivery, signature, body);
      }
      try (SSLSocket secure = (SSLSocket) tls.get().createSocket(plain, target.uri().getHost(), target.port(), true)) {
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return exchange(secure, target, delivery, signature, body);
      }
    }
  }

  private static int exchange(Socket socket, WebhookTarget target, String delivery, String signature, byte[] body) throws IOException {
    String host = target.uri().getHost() + (target.uri().getPort() > 0 ? ":" + target.uri().getPort() : "");
    String head = "POST " + target.pathAndQuery() + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: cantora\r\n"
        + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\nX-Cantora-Delivery: " + delivery
        + "\r\nX-Cantora-Signature: " + signature + "\r\nConnection: close\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    return status(socket.getInputStream());
  }

  private static int status(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n' && line.length() < MOST_HEAD_BYTES; c = in.read()) {
      line.append((char) c);
    }
    String[] parts = line.toString().strip().split(" ");
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("\\d{3}")) {
      throw new IOException("no HTTP answer");
    }
    return Integer.parseInt(parts[1]);
  }
}
