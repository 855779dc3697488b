package dev.cantora.bench.live;

import dev.cantora.bench.DaemonProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the daemon how many live sessions it has. */
final class SessionCount implements AutoCloseable {

  private static final Pattern LIVE = Pattern.compile("\"live\":(\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest question;

  SessionCount(DaemonProcess daemon) {
    question = HttpRequest.newBuilder(URI.create(daemon.uri() + "/api/v1/health/detailed")).build();
  }

  int live() throws IOException, InterruptedException {
    String answer = http.send(question, HttpResponse.BodyHandlers.ofString()).body();
    Matcher count = LIVE.matcher(answer);
    if (!count.find()) {
      throw new IOException("no count of sessions in " + answer);
    }
    return Integer.parseInt(count.group(1));
  }

  @Override
  public void close() {
    http.close();
  }
}
