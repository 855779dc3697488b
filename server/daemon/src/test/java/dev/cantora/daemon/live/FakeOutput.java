package dev.cantora.daemon.live;

import dev.cantora.api.live.LiveServerMessage;
import dev.cantora.daemon.socket.FrameQueue;
import dev.cantora.daemon.socket.FrameQueues;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a session sends. */
final class FakeOutput implements LiveOutput {

  final List<LiveServerMessage> messages = new CopyOnWriteArrayList<>();
  volatile FrameQueue queue;
  volatile int closeCode;
  boolean keepTelemetry = true;
  boolean discardFrames;
  private long lastSequence = -1;
  private long frames;

  @Override
  public void send(LiveServerMessage message) {
    messages.add(message);
  }

  @Override
  public void sendAfterFrames(LiveServerMessage message) {
    messages.add(message);
  }

  @Override
  public TelemetryReport report(TelemetryReport report, boolean framesFlow) {
    if (keepTelemetry) {
      messages.add(report.message());
    }
    return report;
  }

  @Override
  public void frames(FrameQueue next) {
    queue = next;
  }

  @Override
  public void frameReady() {
    if (discardFrames) {
      FrameQueues.discard(queue);
    }
  }

  @Override
  public void close(int code, String reason) {
    closeCode = code;
  }

  /** Empties the queue as a sender would. */
  void takeAll() {
    FrameQueues.drain(queue, bytes -> {
      frames++;
      lastSequence = bytes[0] & 0xFFL | (bytes[1] & 0xFFL) << 8 | (bytes[2] & 0xFFL) << 16 | (bytes[3] & 0xFFL) << 24;
    });
  }

  long framesTaken() {
    return frames;
  }

  long lastSequence() {
    takeAll();
    return lastSequence;
  }

  <T extends LiveServerMessage> List<T> of(Class<T> type) {
    return messages.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
