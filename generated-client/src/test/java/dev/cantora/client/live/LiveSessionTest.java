package dev.cantora.client.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cantora.api.live.Hello;
import dev.cantora.api.live.HelloAck;
import dev.cantora.api.live.LiveServerMessage;
import dev.cantora.api.live.NoteAck;
import dev.cantora.api.live.RecordSaved;
import dev.cantora.api.live.RecordStart;
import dev.cantora.api.live.RecordStop;
import dev.cantora.client.Cantora;
import dev.cantora.client.errors.ApiException;
import dev.cantora.client.socket.AudioFrame;
import dev.cantora.client.testing.CuttableLink;
import dev.cantora.daemon.testing.TestDaemon;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The live client against a real daemon with the project's own voices. */
class LiveSessionTest {
  private static final long PATIENCE_SEC = 30;
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("PRESET_DIR", Path.of("..", "presets").toAbsolutePath().normalize().toString());
  }

  @AfterAll
  static void stop() throws Exception {
    daemon.close();
  }

  /** Keeps what came. */
  private static final class Ear implements LiveListener {
    final BlockingQueue<AudioFrame> frames = new LinkedBlockingQueue<>();
    final BlockingQueue<LiveServerMessage> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<HelloAck> sessions = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> closes = new LinkedBlockingQueue<>();

    @Override
    public void onFrame(AudioFrame frame) {
      frames.add(frame);
    }

    @Override
    public void onMessage(LiveServerMessage message) {
      messages.add(message);
    }

    @Override
    public void onReady(HelloAck session) {
      sessions.add(session);
    }

    @Override
    public void onClosed(int code, String reason, boolean reconnecting) {
      closes.add(reconnecting);
    }

    <T extends LiveServerMessage> T next(Class<T> type) throws InterruptedException {
      LiveServerMessage message = next(messages, type::isInstance);
      return type.cast(message);
    }

    AudioFrame nextFrame(Predicate<AudioFrame> wanted) throws InterruptedException {
      return next(frames, wanted);
    }

    private static <T> T next(BlockingQueue<T> queue, Predicate<? super T> wanted) throws InterruptedException {
      long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SEC);
      while (true) {
        T head = queue.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertThat(head).as("what the daemon was to send").isNotNull();
        if (wanted.test(head)) {
          return head;
        }
      }
    }
  }

  private static boolean sounds(AudioFrame frame) {
    for (float sample : frame.samples()) {
      if (Math.abs(sample) > 0.001f) {
        return true;
      }
    }
    return false;
  }

  private static Cantora cantora() {
    return Cantora.connect("http://127.0.0.1:" + daemon.port());
  }

  @Test
  void aNoteIsAcknowledgedAndHeardInSuccessiveFrames() throws Exception {
    Ear ear = new Ear();
    try (LiveSession session = cantora().live(ear).hello(Hello.builder().blockSize(256).channels(2).build()).open()) {
      session.play();
      session.noteOn("a", 60, 0.9);
      assertThat(ear.next(NoteAck.class).noteId()).isEqualTo("a");
      AudioFrame first = ear.nextFrame(LiveSessionTest::sounds);
      assertThat(first.blockSize()).isEqualTo(256);
      assertThat(first.channels()).isEqualTo(2);
      assertThat(ear.nextFrame(frame -> true).seq()).isEqualTo(first.seq() + 1);
    }
  }

  @Test
  void aTakeThatIsRecordedCanBeFetchedFromTheBank() throws Exception {
    Ear ear = new Ear();
    Cantora cantora = cantora();
    try (LiveSession session = cantora.live(ear).open()) {
      session.send(new RecordStart());
      session.noteOn("a", 62, 0.8);
      ear.nextFrame(LiveSessionTest::sounds);
      session.noteOff("a");
      session.send(RecordStop.builder().name("Sung by the SDK").build());
      RecordSaved saved = ear.next(RecordSaved.class);
      assertThat(cantora.render(saved.renderId()).meta().name()).isEqualTo("Sung by the SDK");
    }
  }

  @Test
  void aVoiceThatDoesNotExistIsRefusedWithItsCode() {
    ApiException refused = catchThrowableOfType(ApiException.class,
        () -> cantora().live(new Ear()).hello(Hello.builder().presetId("nobody").build()).open());
    assertThat(refused.hint()).isPresent();
  }

  private static void assertPlaysAgainAfter(Runnable trouble, LiveSession session, Ear ear) throws InterruptedException {
    assertThat(ear.sessions.poll(PATIENCE_SEC, TimeUnit.SECONDS)).isNotNull();
    trouble.run();
    assertThat(ear.closes.poll(PATIENCE_SEC, TimeUnit.SECONDS)).as("reconnecting").isTrue();
    assertThat(ear.sessions.poll(PATIENCE_SEC, TimeUnit.SECONDS)).as("the second session").isNotNull();
    session.noteOn("again", 64, 0.8);
    ear.nextFrame(LiveSessionTest::sounds);
  }

  @Test
  void aBrokenConnectionComesBackAndPlaysAgain() throws Exception {
    Ear ear = new Ear();
    try (CuttableLink link = new CuttableLink(daemon.port());
        LiveSession session = Cantora.connect(link.url()).live(ear).open()) {
      assertPlaysAgainAfter(link::cut, session, ear);
      session.close();
      assertThat(ear.closes.poll(PATIENCE_SEC, TimeUnit.SECONDS)).as("reconnecting after close()").isFalse();
    }
  }

  @Test
  void aLineThatFallsSilentIsNoticedAndReplaced() throws Exception {
    Ear ear = new Ear();
    try (CuttableLink link = new CuttableLink(daemon.port());
        LiveSession session = Cantora.connect(link.url()).live(ear).open()) {
      assertPlaysAgainAfter(link::silence, session, ear);
    }
  }
}
