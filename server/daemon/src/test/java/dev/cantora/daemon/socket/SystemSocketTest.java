package dev.cantora.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.helidon.common.socket.PlainSocket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second way to a connection: it writes at once or not at all, and never to anybody else. */
@Timeout(60)
class SystemSocketTest {

  private static final byte[] HELLO = "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /** Both ends of a connection, and the daemon's end once more. */
  private record Line(Socket peer, Socket own, EagerWriter eager) implements AutoCloseable {
    static Line open(String host) throws IOException {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(host))) {
        Socket peer = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket own = server.accept();
        return new Line(peer, own, new SystemSockets().of(PlainSocket.server(own, "test", "test")));
      }
    }

    @Override
    public void close() throws IOException {
      eager.close();
      own.close();
      peer.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void whatItWritesArrivesInOrderWithWhatIsWrittenOtherwise(String host) throws IOException {
    assumeLinux();
    try (Line line = Line.open(host); Line another = Line.open(host)) {
      assertThat(line.eager().write(MemorySegment.ofArray(HELLO), HELLO.length)).isEqualTo(HELLO.length);
      line.own().getOutputStream().write('!');
      assertThat(line.eager().write(MemorySegment.ofArray(HELLO), 2)).isEqualTo(2);
      assertThat(new String(line.peer().getInputStream().readNBytes(8))).isEqualTo("hello!he");
      assertThat(another.peer().getInputStream().available()).isZero();
    }
  }

  @Test
  void aPeerThatDoesNotReadTakesWhatFitsAndIsNotWaitedFor() throws IOException {
    assumeLinux();
    byte[] much = new byte[32 * 1024 * 1024];
    for (int i = 0; i < much.length; i++) {
      much[i] = (byte) (i * 31 >>> 7);
    }
    try (Line line = Line.open("127.0.0.1")) {
      int taken = line.eager().write(MemorySegment.ofArray(much), much.length);
      assertThat(taken).isBetween(1, much.length - 1);
      assertThat(Arrays.equals(line.peer().getInputStream().readNBytes(taken), Arrays.copyOf(much, taken))).isTrue();
    }
  }

  @Test
  void nothingIsWrittenOnceItIsClosedAndThePeerHearsTheEnd() throws IOException {
    assumeLinux();
    try (Line line = Line.open("127.0.0.1")) {
      line.eager().close();
      line.eager().close();
      assertThat(line.eager().write(MemorySegment.ofArray(HELLO), HELLO.length)).isZero();
      line.own().close();
      assertThat(line.peer().getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aPeerThatIsGoneTakesNothing() throws IOException {
    assumeLinux();
    try (Line line = Line.open("127.0.0.1")) {
      line.peer().setSoLinger(true, 0);
      line.peer().close();
      assertThat(line.eager().write(MemorySegment.ofArray(HELLO), HELLO.length)).isZero();
    }
  }

  private static void assumeLinux() {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
  }
}
