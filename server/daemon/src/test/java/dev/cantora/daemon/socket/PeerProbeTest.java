package dev.cantora.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerProbeTest {

  private final FrameQueue queue = new FrameQueue(96, 16, FrameTransform.NONE, new FramePool());
  private final PeerProbe probe = new PeerProbe();

  @Test
  void aPeerIsAskedFourTimesForEachCapacityAndHalfAsOftenWhileItAnswersPromptly() {
    byte[] first = askedAfter(24);
    answerAfter(3, first);
    byte[] second = askedAfter(45);
    answerAfter(20, second);
    askedAfter(4);
  }

  @Test
  void onlyOnePingIsOnItsWay() {
    askedAfter(24);
    send(90);
    assertThat(probe.due(queue, queue.consumed())).isFalse();
  }

  @Test
  void anAnswerToAQuestionBehindAnotherQueueMeansNothing() {
    byte[] old = askedAfter(24);
    probe.restart();
    assertThat(probe.due(queue, 1)).as("it may be asked anew, behind the first frames of a new queue").isTrue();
    probe.ask(1);
    probe.answered(old, queue);
    assertThat(probe.due(queue, 96)).as("the new question is still open").isFalse();
  }

  @Test
  void pingsOfOtherLengthsAreNoAnswers() {
    askedAfter(24);
    probe.answered(new byte[8], queue);
    assertThat(probe.due(queue, 96)).isFalse();
  }

  /** Sends frames and expects to be due with the last of them. */
  private byte[] askedAfter(int frames) {
    for (int i = 0; i < frames; i++) {
      assertThat(probe.due(queue, queue.consumed())).as("after %d of %d frames", i, frames).isFalse();
      send(1);
    }
    assertThat(probe.due(queue, queue.consumed())).isTrue();
    return probe.ask(queue.consumed());
  }

  private void answerAfter(int frames, byte[] ping) {
    send(frames);
    probe.answered(ping, queue);
  }

  private void send(int frames) {
    for (int i = 0; i < frames; i++) {
      AudioFrame frame = queue.claim();
      queue.publish(frame == null ? new AudioFrame(16) : frame);
      queue.release(queue.take());
    }
  }
}
