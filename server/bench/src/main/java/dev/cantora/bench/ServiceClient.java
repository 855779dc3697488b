package dev.cantora.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends prepared bytes and waits: what it measures is the daemon and the loopback. */
public final class ServiceClient implements AutoCloseable {

  private static final int WAV_HEADER_BYTES = 44;
  private static final int SECOND_BYTES = 4 * 48_000;
  private static final Pattern SUNG_MS = Pattern.compile("\"renderTimeMs\":([0-9.E+-]+)");
  private static final Pattern RENDER_ID = Pattern.compile("\"id\":\"([A-Za-z0-9_-]{1,64})\"");
  private static final List<String> LIVE = List.of(
      "{\"type\":\"hello\",\"protocolVersion\":1}",
      "{\"type\":\"transport\",\"command\":\"play\"}",
      "{\"type\":\"queue_lyrics\",\"text\":\"sing to me\"}",
      "{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":0.8}",
      "{\"type\":\"note_on\",\"noteId\":\"b\",\"midi\":64,\"velocity\":0.8}",
      "{\"type\":\"note_on\",\"noteId\":\"c\",\"midi\":67,\"velocity\":0.8}",
      "{\"type\":\"control\",\"controller\":\"bend\",\"value\":50}",
      "{\"type\":\"note_off\",\"noteId\":\"a\"}",
      "{\"type\":\"transport\",\"command\":\"stop\"}");
  private static final List<String> JAM = List.of(
      "{\"type\":\"jam_hello\",\"protocolVersion\":1}",
      "{\"type\":\"session_create\",\"listed\":false}",
      "{\"type\":\"track_add\",\"presetId\":\"default-voice\"}",
      "{\"type\":\"record_start\"}",
      "{\"type\":\"track_note_on\",\"trackId\":\"track-1\",\"noteId\":\"a\",\"midi\":60,\"velocity\":0.8}",
      "{\"type\":\"track_update\",\"trackId\":\"track-1\",\"gain\":0.5}",
      "{\"type\":\"track_note_off\",\"trackId\":\"track-1\",\"noteId\":\"a\"}",
      "{\"type\":\"record_stop\"}",
      "{\"type\":\"transport_stop\"}",
      "{\"type\":\"session_leave\"}");

  private final URI daemon;
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public ServiceClient(URI daemon) {
    this.daemon = daemon;
  }

  /** @param order body of {@code POST /api/v1/render} @return milliseconds from the request to the answer */
  public double render(byte[] order) throws IOException, InterruptedException {
    return timed(order).wallMs();
  }

  /**
   * A render as its client saw it.
   *
   * @param wallMs from the request to the answer
   * @param sungMs of it from the words to the last sample, by the daemon's telemetry; the rest is the body before and the file after
   */
  public record TimedRender(double wallMs, double sungMs) {}

  /** @param order body of {@code POST /api/v1/render} */
  public TimedRender timed(byte[] order) throws IOException, InterruptedException {
    long start = System.nanoTime();
    byte[] answer = post("/api/v1/render", order);
    double wallMs = (System.nanoTime() - start) / 1e6;
    Matcher sung = SUNG_MS.matcher(new String(answer, StandardCharsets.UTF_8));
    return new TimedRender(wallMs, sung.find() ? Double.parseDouble(sung.group(1)) : Double.NaN);
  }

  /** Reads a stream to its end. @param order body of {@code POST /api/v1/render/stream} @return its bytes */
  public long stream(byte[] order) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(daemon.resolve("/api/v1/render/stream"))
        .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(order)).build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream audio = response.body()) {
      long bytes = audio.transferTo(OutputStream.nullOutputStream());
      if (response.statusCode() != 200) {
        throw new IOException("/render/stream answered " + response.statusCode());
      }
      return bytes;
    }
  }

  /** @return milliseconds from the request to the last byte of the first second; the rest is read and forgotten */
  public double firstSecond(byte[] order) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(daemon.resolve("/api/v1/render/stream"))
        .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(order)).build();
    long start = System.nanoTime();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream audio = response.body()) {
      audio.readNBytes(WAV_HEADER_BYTES + SECOND_BYTES);
      double took = (System.nanoTime() - start) / 1e6;
      audio.transferTo(OutputStream.nullOutputStream());
      if (response.statusCode() != 200) {
        throw new IOException("/render/stream answered " + response.statusCode());
      }
      return took;
    }
  }

  public byte[] get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(daemon.resolve(path)).build());
  }

  public byte[] post(String path, byte[] body) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(daemon.resolve(path)).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body)).build());
  }

  /** Deletes every render but those that went meanwhile. */
  public void deleteRenders() throws IOException, InterruptedException {
    String list = new String(get("/api/v1/renders"), StandardCharsets.UTF_8);
    Matcher ids = RENDER_ID.matcher(list);
    while (ids.find()) {
      http.send(HttpRequest.newBuilder(daemon.resolve("/api/v1/renders/" + ids.group(1))).DELETE().build(), BodyHandlers.discarding());
    }
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + " answered " + response.statusCode() + ": " + new String(response.body(),
          StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /** Opens a live session and plays a short note. */
  public void playLive() throws IOException, InterruptedException {
    talk("/ws", LIVE);
  }

  /** Opens a jam, plays and records a short note on a track. */
  public void playJam() throws IOException, InterruptedException {
    talk("/ws/jam", JAM);
  }

  private void talk(String path, List<String> messages) throws IOException, InterruptedException {
    try {
      WebSocket socket = http.newWebSocketBuilder().buildAsync(URI.create("ws" + daemon.toString().substring(4) + path),
          new WebSocket.Listener() { }).join();
      for (String message : messages) {
        socket.sendText(message, true).join();
        TimeUnit.MILLISECONDS.sleep(200);
      }
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    } catch (CompletionException failed) {
      throw new IOException(failed.getCause());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
