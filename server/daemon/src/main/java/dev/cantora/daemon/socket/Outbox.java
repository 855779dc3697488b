package dev.cantora.daemon.socket;

import io.helidon.common.buffers.DataWriter;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Everything a connection sends. Any thread may queue, none ever waits: one virtual thread per connection encodes and
 * writes, several messages in one write where they have gathered. Texts are few and never lost; a peer that lets over
 * {@value #MAX_TEXTS} of them pile up is cut off. Audio comes through a {@link FrameQueue}, whose producer skips what
 * does not fit.
 *
 * <p>A frame that nothing else waits with need not wait for the sender: its producer takes the sleeping sender's place,
 * writes what the system takes at once, and wakes the sender for the rest if there is any. So a peer that keeps up gets its
 * audio from the audio thread, without a switch to a thread of less precedence.
 */
final class Outbox {

  /** A text that is encoded on the sender's thread once so many frames of the queue are sent, or the queue was replaced. */
  private record Text(OutgoingText text, FrameQueue queue, long afterFrame) {
    boolean due(FrameQueue current) {
      return queue != current || afterFrame <= current.consumed();
    }
  }

  static final int MAX_TEXTS = 2048;
  /** Above this many waiting texts those that may be dropped are. */
  private static final int MAX_DROPPABLE_TEXTS = 16;
  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_BINARY = 0x82;
  private static final int FINAL_CLOSE = 0x88;
  private static final int FINAL_PING = 0x89;
  private static final int FINAL_PONG = 0x8A;
  private static final FrameQueue NO_FRAMES = new FrameQueue(1, 1, FrameTransform.NONE, new FramePool());

  private final FrameWriter writer;
  private final Consumer<Throwable> onFailure;
  private final ConcurrentLinkedQueue<Text> texts = new ConcurrentLinkedQueue<>();
  private final AtomicInteger textCount = new AtomicInteger();
  private final AtomicReference<OutgoingText> report = new AtomicReference<>();
  private final AtomicReference<byte[]> encodedReport = new AtomicReference<>();
  private final SenderTurn turn = new SenderTurn();
  private final Thread sender;
  private volatile FrameQueue frames = NO_FRAMES;
  private final PeerProbe probe = new PeerProbe();
  private volatile byte[] pong;
  private volatile byte[] ping;
  private volatile byte[] closeFrame;
  private volatile long pingWrittenNs;
  private volatile boolean abandoned;
  private volatile EagerWriter eager = EagerWriter.NONE;
  private volatile boolean finishing;

  /** @param onFailure told once, on the sender's thread, when nothing more can be written */
  Outbox(DataWriter writer, String name, Consumer<Throwable> onFailure) {
    this.writer = new FrameWriter(writer);
    this.onFailure = onFailure;
    this.sender = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    sender.start();
  }

  /** From now on the producer of frames may write them, by this. */
  void eager(EagerWriter writesAtOnce) {
    eager = writesAtOnce;
  }

  /**
   * Queues a text that is never dropped.
   *
   * @param afterFrames whether audio published so far goes first
   * @return false when the peer let too many texts pile up
   */
  boolean send(OutgoingText text, boolean afterFrames) {
    if (textCount.incrementAndGet() > MAX_TEXTS) {
      textCount.decrementAndGet();
      return false;
    }
    FrameQueue queue = frames;
    texts.add(new Text(text, queue, afterFrames ? queue.published() : 0));
    wake();
    return true;
  }

  /** Queues a text that may be dropped when others wait already. */
  void offer(OutgoingText text) {
    if (textCount.get() < MAX_DROPPABLE_TEXTS) {
      send(text, false);
    }
  }

  /** Queues a text in the place of the one before, which is returned if it still waited. To be followed by {@link #encodeReport}. */
  OutgoingText report(OutgoingText text) {
    return report.getAndSet(text);
  }

  /**
   * Encodes on the calling thread what {@link #report} queued. It goes with the next frame.
   *
   * @param atOnce not to wait for one
   */
  void encodeReport(boolean atOnce) {
    OutgoingText text = report.getAndSet(null);
    if (text != null) {
      encodedReport.set(text.utf8());
    }
    if (atOnce) {
      wake();
    }
  }

  /** From now on audio comes from this queue; what waits in the one before is dropped. */
  void frames(FrameQueue queue) {
    frames = queue;
    probe.restart();
  }

  /** A pong came in. It may answer a ping that was put behind a frame: so far the peer has read. */
  void answered(byte[] payload) {
    probe.answered(payload, frames);
  }

  void ping(byte[] payload) {
    ping = payload;
    wake();
  }

  /** When the last ping was written, {@link System#nanoTime}. */
  long pingWrittenNs() {
    return pingWrittenNs;
  }

  /** Only the latest ping of the peer is answered when they come faster than answers go (RFC 6455 section 5.5.3). */
  void pong(byte[] payload) {
    pong = payload;
    wake();
  }

  /** Texts that wait are still sent, audio is not; then the close frame, then nothing. The first call counts. */
  void close(int code, String reason) {
    if (closeFrame != null) {
      return;
    }
    closeFrame = CloseCode.payload(code, reason);
    wake();
  }

  /** Ends the sender once everything queued is sent, without a close frame: somebody else writes on. */
  void finish() {
    finishing = true;
    wake();
  }

  /** Ends the sender without sending any more. */
  void abandon() {
    abandoned = true;
    wake();
  }

  /** Waits until the sender has ended. @return whether it has */
  boolean awaitEnd(long millis) {
    try {
      sender.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !sender.isAlive();
  }

  private void wake() {
    turn.wake(sender);
  }

  /** A frame was published. For its producer, who writes it if nobody else has anything to do. */
  void frameReady() {
    EagerWriter direct = eager;
    FrameQueue queue = frames;
    if (direct == EagerWriter.NONE || queue.transform().target() != null || somethingElseWaits()
        || !turn.standIn()) {
      wake();
      return;
    }
    boolean done = false;
    try {
      done = standIn(direct, queue);
    } finally {
      turn.end(done, sender);
    }
  }

  private boolean somethingElseWaits() {
    return textCount.get() > 0 || ping != null || pong != null || closeFrame != null || finishing || abandoned;
  }

  /** @return whether everything that was published is written */
  private boolean standIn(EagerWriter direct, FrameQueue queue) {
    byte[] told = encodedReport.get();
    if (!writer.hasRoom(queue.maxBytes(), PeerProbe.BYTES, told == null ? 0 : told.length)) {
      return false;
    }
    AudioFrame frame = queue.take();
    boolean alone = frame != null && told == null && !probe.due(queue, queue.consumed() + 1);
    if (alone) {
      boolean written = writer.write(FINAL_BINARY, frame, direct);
      queue.recycle(frame);
      return written && queue.consumed() == queue.published();
    }
    if (frame != null) {
      appendFrame(frame, queue.transform());
      queue.recycle(frame);
      probe(queue);
    }
    if (told != null && encodedReport.compareAndSet(told, null)) {
      writer.append(FINAL_TEXT, told);
    }
    return writer.flush(direct) && queue.consumed() == queue.published();
  }

  private void run() {
    try {
      while (!abandoned) {
        turn.begin();
        drain();
        if (closeFrame != null) {
          if (!abandoned) {
            writer.append(FINAL_CLOSE, closeFrame);
            writer.flush();
          }
          return;
        }
        writer.flush();
        if (finishing && texts.isEmpty()) {
          return; // and keeps the turn, so that nobody stands in any more
        }
        turn.sleep();
      }
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  private void drain() {
    FrameQueue queue = frames;
    while (!abandoned) {
      drainControl();
      Text text = texts.peek();
      if (text != null && (closeFrame != null || text.due(queue))) {
        texts.poll();
        textCount.decrementAndGet();
        byte[] bytes = text.text().utf8();
        writer.append(FINAL_TEXT, bytes);
        continue;
      }
      AudioFrame frame = closeFrame == null ? queue.take() : null;
      if (frame == null) {
        return;
      }
      appendFrame(frame, queue.transform());
      queue.release(frame);
      probe(queue);
    }
  }

  private void appendFrame(AudioFrame frame, FrameTransform transform) {
    int length = transform.apply(frame.bytes(), AudioFrame.START, frame.length());
    if (transform.target() == null) {
      writer.append(FINAL_BINARY, frame.bytes(), AudioFrame.START, length);
    } else {
      writer.append(FINAL_BINARY, transform.target(), 0, length);
    }
  }

  private void probe(FrameQueue queue) {
    long sent = queue.consumed();
    if (probe.due(queue, sent)) {
      writer.append(FINAL_PING, probe.ask(sent));
    }
  }

  private void drainControl() {
    byte[] answer = pong;
    if (answer != null) {
      pong = null;
      writer.append(FINAL_PONG, answer);
    }
    byte[] question = ping;
    if (question != null) {
      ping = null;
      writer.append(FINAL_PING, question);
      pingWrittenNs = System.nanoTime();
    }
    byte[] told = encodedReport.getAndSet(null);
    if (told != null) {
      writer.append(FINAL_TEXT, told);
    }
  }
}
