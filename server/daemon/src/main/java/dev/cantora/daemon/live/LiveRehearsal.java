package dev.cantora.daemon.live;

import dev.cantora.api.live.LiveClientMessage;
import dev.cantora.api.live.LiveServerMessage;
import dev.cantora.daemon.audio.AudioScratch;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.SocketMessages;
import dev.cantora.daemon.socket.FrameQueue;
import java.util.List;

/**
 * A session that nobody hears, played before somebody comes. What a first session needs is loaded and initialised meanwhile, on a
 * thread of the operating system: virtual threads that wait for a class to be initialised keep their carriers (until JDK 26,
 * JDK-8369238), and when the first players come together there may be none left for the one that all wait for.
 */
record LiveRehearsal(SocketMessages<LiveClientMessage> messages, Instrument.Library library, LiveWords words, LiveMetrics metrics) {

  private static final int BLOCKS = 20;
  private static final long BLOCK_NS = 11_000_000L;
  private static final List<String> PROGRAMME = List.of(
      "{\"type\":\"hello\",\"protocolVersion\":1,\"maxPolyphony\":1}",
      "{\"type\":\"ping\",\"clientTimestamp\":0}",
      "{\"type\":\"latency_report\",\"rttMs\":1}",
      "{\"type\":\"queue_lyrics\",\"text\":\"la\"}",
      "{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":0.5,\"vibrato\":{\"rateHz\":5}}",
      "{\"type\":\"control\",\"controller\":\"bend\",\"value\":10}",
      "{\"type\":\"param_update\",\"limiter\":true}",
      "{\"type\":\"timbre_morph\",\"weights\":{}}",
      "{\"type\":\"note_off\",\"noteId\":\"a\"}",
      "{\"type\":\"no such message\"}",
      "{\"type\":\"transport\",\"command\":\"stop\"}");

  void play() {
    try {
      library.load("default-voice");
    } catch (ApiException noVoice) {
      return;
    }
    Nowhere output = new Nowhere();
    LiveSession session = new LiveSession("rehearsal", "rehearsal", output, new Alone(library), (take, owner) -> {
      throw new IllegalStateException("a rehearsal is not recorded");
    }, metrics);
    long nowNs = System.nanoTime();
    LiveConnection connection = new LiveConnection(session, output, messages, library, words, metrics, nowNs, new AudioScratch(),
        () -> { });
    for (String message : PROGRAMME) {
      connection.accept(message, nowNs);
      nowNs = run(session, nowNs, 1);
    }
    nowNs = run(session, nowNs, BLOCKS);
    connection.closed(1000, "");
    run(session, nowNs, 1);
  }

  private static long run(LiveSession session, long fromNs, int blocks) {
    long nowNs = fromNs;
    for (int i = 0; i < blocks; i++) {
      nowNs += BLOCK_NS;
      session.run(nowNs);
      session.flush();
    }
    return nowNs;
  }

  /** Makes bytes of everything and sends nothing. */
  private static final class Nowhere implements LiveOutput {
    @Override
    public void send(LiveServerMessage message) {
      Json.bytes(message);
    }

    @Override
    public void sendAfterFrames(LiveServerMessage message) {
      send(message);
    }

    @Override
    public TelemetryReport report(TelemetryReport report, boolean framesFlow) {
      report.utf8();
      return null;
    }

    @Override
    public void frames(FrameQueue queue) {}

    @Override
    public void frameReady() {}

    @Override
    public void close(int code, String reason) {}
  }

  private record Alone(Instrument.Library library) implements SessionDoor {
    @Override
    public void wake() {}

    @Override
    public void leave() {}

    @Override
    public Instrument load(String presetId) {
      return library.load(presetId);
    }
  }
}
