package dev.cantora.bench.hostile;

import dev.cantora.fuzz.HostileBytes;
import dev.cantora.fuzz.Mutations;
import dev.cantora.fuzz.RestCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hostile clients of the REST interface. For one thread. */
final class HttpAssault {
  private static final int MOST_TEXT = 100_000;
  private static final int TIMEOUT_MS = 30_000;
  private static final Pattern RENDER_ID = Pattern.compile("\"id\":\"([A-Za-z0-9_-]{10,64})\"");

  private final URI daemon;
  private final Answers answers;
  private final HttpClient http;
  private final HostileBytes bytes;
  private final RestCalls calls;
  private int learnt;

  HttpAssault(URI daemon, HttpClient http, Answers answers, long seed) {
    this.daemon = daemon;
    this.http = http;
    this.answers = answers;
    this.bytes = new HostileBytes(seed);
    this.calls = new RestCalls(new Mutations(seed));
  }

  /** One broken request on a connection of its own. */
  void head() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.getPort())) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(bytes.head());
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
      if (answer.isEmpty()) {
        answers.count("heads cut off");
      } else if (answer.matches("(?s)HTTP/1\\.1 \\d{3}.*")) {
        answers.http(Integer.parseInt(answer.substring(9, 12)), answer);
      } else {
        answers.offence("no HTTP: " + answer);
      }
    } catch (IOException reset) {
      answers.count("heads cut off");
    }
  }

  /** One mutated operation. */
  void call() throws InterruptedException {
    RestCalls.Call call = calls.next();
    HttpRequest.Builder request = HttpRequest.newBuilder(daemon.resolve(call.path())).timeout(Duration.ofMillis(TIMEOUT_MS))
        .method(call.method(), call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(call.body()));
    if (call.body() != null) {
      request.setHeader("Content-Type", call.contentType());
    }
    if (call.header() != null) {
      request.setHeader(call.header()[0], call.header()[1]);
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      String text = response.body().length > MOST_TEXT ? "" : new String(response.body(), StandardCharsets.UTF_8);
      answers.http(response.statusCode(), text);
      learn(text);
    } catch (IOException failed) {
      answers.offence(call.method() + " " + call.path() + ": " + failed);
    }
  }

  private void learn(String text) {
    Matcher id = RENDER_ID.matcher(text);
    if (learnt < 20 && id.find()) {
      calls.learn(id.group(1));
      learnt++;
    }
  }
}
