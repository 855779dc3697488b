package dev.cantora.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameQueueTest {

  @Test
  void aConsumerThatKeepsUpNeedsTwoBuffersForEver() {
    FrameQueue queue = new FrameQueue(94, 16, FrameTransform.NONE, new FramePool());
    for (int i = 0; i < 10_000; i++) {
      put(queue, i);
      assertThat(takeNumber(queue)).isEqualTo(i);
    }
    assertThat(queue.buffersMade()).isLessThanOrEqualTo(2);
  }

  @Test
  void queuesOfAThreadThatSendsItselfShareABuffer() {
    FramePool pool = new FramePool();
    FrameQueue one = new FrameQueue(94, 16, FrameTransform.NONE, pool);
    FrameQueue other = new FrameQueue(94, 16, FrameTransform.NONE, pool);
    FrameQueue larger = new FrameQueue(94, 32, FrameTransform.NONE, pool);
    for (FrameQueue queue : List.of(one, other, one, larger, other)) {
      put(queue, 7);
      AudioFrame frame = queue.take();
      assertThat(frame.capacity()).isEqualTo(queue.maxBytes());
      queue.recycle(frame);
      assertThat(queue.backlog()).isZero();
    }
    assertThat(one.buffersMade() + other.buffersMade()).isEqualTo(1);
    assertThat(larger.buffersMade()).isEqualTo(1);
  }

  @Test
  void aFullQueueTellsTheProducerAndKeepsWhatItHas() {
    FrameQueue queue = new FrameQueue(3, 16, FrameTransform.NONE, new FramePool());
    for (int i = 0; i < 3; i++) {
      put(queue, i);
    }
    assertThat(queue.claim()).isNull();
    assertThat(takeNumber(queue)).isZero();
    put(queue, 3);
    assertThat(queue.claim()).isNull();
    assertThat(takeNumber(queue)).isEqualTo(1);
    assertThat(queue.backlog()).isEqualTo(2);
  }

  @Test
  void onceAPeerAnswersOnlyWhatItHasReadMakesRoom() {
    FrameQueue queue = new FrameQueue(4, 16, FrameTransform.NONE, new FramePool());
    for (int i = 0; i < 20; i++) {
      put(queue, i);
      takeNumber(queue);
    }
    queue.acknowledge(18);
    put(queue, 20);
    takeNumber(queue);
    put(queue, 21);
    takeNumber(queue);
    assertThat(queue.claim()).as("four were written that the peer has not read").isNull();
    queue.acknowledge(1000);
    assertThat(queue.claim()).as("no more is believed than was sent").isNotNull();
    queue.acknowledge(3);
    assertThat(queue.claim()).as("an old answer takes nothing back").isNotNull();
  }

  @Test
  void numbersCrossThreadsInOrderWithoutLoss() throws InterruptedException {
    FrameQueue queue = new FrameQueue(8, 16, FrameTransform.NONE, new FramePool());
    int count = 200_000;
    Thread producer = Thread.ofPlatform().start(() -> {
      for (int i = 0; i < count; ) {
        AudioFrame frame = queue.claim();
        if (frame == null) {
          Thread.onSpinWait();
          continue;
        }
        ByteBuffer.wrap(frame.bytes()).putInt(i++);
        frame.length(4);
        queue.publish(frame);
      }
    });
    for (int expected = 0; expected < count; ) {
      AudioFrame frame = queue.take();
      if (frame == null) {
        Thread.onSpinWait();
        continue;
      }
      assertThat(ByteBuffer.wrap(frame.bytes()).getInt() == expected).isTrue();
      expected++;
      queue.release(frame);
    }
    producer.join();
    assertThat(queue.buffersMade()).isLessThanOrEqualTo(8);
  }

  private static void put(FrameQueue queue, int number) {
    AudioFrame frame = queue.claim();
    ByteBuffer.wrap(frame.bytes()).putInt(number);
    frame.length(4);
    queue.publish(frame);
  }

  private static int takeNumber(FrameQueue queue) {
    AudioFrame frame = queue.take();
    int number = ByteBuffer.wrap(frame.bytes()).getInt();
    queue.release(frame);
    return number;
  }
}
