package examples;

import dev.cantora.api.live.Hello;
import dev.cantora.api.live.NoteOn;
import dev.cantora.client.Cantora;
import dev.cantora.client.live.JitterBuffer;
import dev.cantora.client.live.LiveListener;
import dev.cantora.client.live.LiveSession;
import dev.cantora.client.socket.AudioFrame;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sings one word live and tells when it was heard. Argument: the daemon's URL. */
public final class PlayLive {
  private PlayLive() {}

  public static void main(String[] args) throws InterruptedException {
    // An audio device would call buffer.read(samples) whenever it wants some.
    JitterBuffer buffer = new JitterBuffer(2 * 256, 8 * 256);
    CountDownLatch heard = new CountDownLatch(1);
    LiveListener listener = new LiveListener() {
      @Override
      public void onFrame(AudioFrame frame) {
        buffer.offer(frame);
        for (float sample : frame.samples()) {
          if (Math.abs(sample) > 0.01f) {
            heard.countDown();
          }
        }
      }
    };
    Cantora cantora = Cantora.connect(args[0]);
    try (LiveSession session = cantora.live(listener).hello(Hello.builder().blockSize(256).build()).open()) {
      session.send(NoteOn.builder().noteId("n1").midi(64).velocity(0.9).lyric("love").build());
      System.out.println(heard.await(10, TimeUnit.SECONDS) ? "heard" : "nothing came");
      session.noteOff("n1");
    }
  }
}
