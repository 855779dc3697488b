package dev.cantora.bench.jam;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One player: sends, waits for answers, and times the frames. */
final class Musician implements WebSocket.Listener {

  private static final int HEAD_BYTES = 16;
  private static final int BLOCK_SIZE_AT = 12;
  private static final int RATE_AT = 8;
  private static final int MOST_FRAMES = 100_000;

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final int[] arrivalUs = new int[MOST_FRAMES];
  private WebSocket socket;
  private volatile boolean measuring;
  private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long nextSeq = -1;
  private long zeroNs;
  private long firstSeq;
  private int frames;
  private long lost;

  static Musician connect(HttpClient http, URI daemon) {
    Musician musician = new Musician();
    musician.socket = http.newWebSocketBuilder().buildAsync(daemon, musician).join();
    musician.send("{\"type\":\"jam_hello\",\"protocolVersion\":1}");
    musician.await("jam_hello_ack");
    return musician;
  }

  void send(String json) {
    socket.sendText(json, true).join();
  }

  /** The next message of a type; those before it are dropped. */
  String await(String type) {
    try {
      while (true) {
        String answer = answers.poll(60, TimeUnit.SECONDS);
        if (answer == null || answer.contains("\"jam_error\"")) {
          throw new IllegalStateException("no " + type + " but " + answer);
        }
        if (answer.startsWith("{\"type\":\"" + type + "\"")) {
          return answer;
        }
      }
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  void measure() {
    measuring = true;
  }

  void close() {
    socket.abort();
  }

  int frames() {
    return frames;
  }

  /** Gaps in the sequence. */
  long lost() {
    return lost;
  }

  /** Adds how much later than the timeliest each frame came, in microseconds. */
  void addTo(Histogram latenessUs) {
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < frames; i++) {
      least = Math.min(least, arrivalUs[i]);
    }
    for (int i = 0; i < frames; i++) {
      latenessUs.recordValue(arrivalUs[i] - least);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      String message = text.toString();
      text.setLength(0);
      if (!message.startsWith("{\"type\":\"jam_telemetry\"") && !message.startsWith("{\"type\":\"transport_tick\"")) {
        answers.add(message);
      }
    }
    webSocket.request(1);
    return null;
  }

  /** A message may come in parts, the first of them shorter than the frame's head. */
  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    while (head.hasRemaining() && data.hasRemaining()) {
      head.put(data.get());
    }
    if (last) {
      if (measuring && !head.hasRemaining() && frames < MOST_FRAMES) {
        frame(head.flip(), System.nanoTime());
      }
      head.clear();
    }
    webSocket.request(1);
    return null;
  }

  private void frame(ByteBuffer data, long nowNs) {
    long seq = data.getInt(data.position()) & 0xFFFFFFFFL;
    if (nextSeq < 0) {
      zeroNs = nowNs;
      firstSeq = seq;
    } else {
      lost += seq - nextSeq;
    }
    nextSeq = seq + 1;
    long blockNs = 1_000_000_000L * data.getInt(data.position() + BLOCK_SIZE_AT) / data.getInt(data.position() + RATE_AT);
    arrivalUs[frames++] = (int) ((nowNs - zeroNs - (seq - firstSeq) * blockNs) / 1000);
  }
}
