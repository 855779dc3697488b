package dev.cantora.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameEdgesTest {

  private final Random random = new Random(5);

  private static byte[] frame(int head, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head);
    if (length < 126) {
      out.write(length);
    } else if (length < 65536) {
      out.write(126);
      out.write(length >>> 8);
      out.write(length);
    } else {
      out.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) length >>> shift));
      }
    }
    out.writeBytes(new byte[length]);
    return out.toByteArray();
  }

  @Test
  void edgesAreFoundHoweverTheFramesAreCutInPieces() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<Integer> edges = new ArrayList<>();
    for (int length : new int[] {0, 1, 125, 126, 127, 4000, 65535, 65536, 70000, 2, 0}) {
      all.writeBytes(frame(0x82, length));
      edges.add(all.size());
    }
    byte[] bytes = all.toByteArray();
    for (int round = 0; round < 50; round++) {
      FrameEdges followed = new FrameEdges();
      for (int at = 0; at < bytes.length; ) {
        int count = Math.min(bytes.length - at, 1 + random.nextInt(round % 2 == 0 ? 5 : 30_000));
        byte[] piece = Arrays.copyOfRange(bytes, at, at + count);
        int from = at;
        boolean between = followed.between();
        int expected = between ? 0 : edges.stream().filter(edge -> edge > from).findFirst().map(edge -> Math.min(edge - from, count)).orElse(count);
        assertThat(followed.nextEdge(piece, count)).isEqualTo(expected);
        followed.passed(piece, count);
        at += count;
        assertThat(followed.between()).as("at " + at).isEqualTo(edges.contains(at));
      }
      assertThat(followed.closed()).isFalse();
    }
  }

  @Test
  void aCloseFrameIsSeen() {
    FrameEdges edges = new FrameEdges();
    byte[] close = frame(0x88, 2);
    edges.passed(close, 1);
    assertThat(edges.closed()).isFalse();
    edges.passed(Arrays.copyOfRange(close, 1, 4), 3);
    assertThat(edges.closed()).isTrue();
    assertThat(edges.between()).isTrue();
  }
}
