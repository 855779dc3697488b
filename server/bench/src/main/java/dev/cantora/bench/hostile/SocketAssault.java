package dev.cantora.bench.hostile;

import dev.cantora.fuzz.HostileBytes;
import dev.cantora.fuzz.RawPeer;
import dev.cantora.fuzz.SocketTalk;
import dev.cantora.fuzz.SocketTalk.Channel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** Hostile clients of the two sockets. Each method is one connection. For one thread. */
final class SocketAssault {
  /** As many as one connection may send at once without being told RATE_LIMITED. */
  private static final int MESSAGES = 190;
  private static final int MESSAGES_PER_WRITE = 10;
  private static final int FRAMES = 5;

  private final int port;
  private final Answers answers;
  private final SocketTalk live;
  private final SocketTalk jam;
  private final HostileBytes bytes;
  private final Random random;

  SocketAssault(int port, Answers answers, long seed) {
    this.port = port;
    this.answers = answers;
    this.live = new SocketTalk(Channel.LIVE, seed);
    this.jam = new SocketTalk(Channel.JAM, seed);
    this.bytes = new HostileBytes(seed);
    this.random = new Random(seed);
  }

  /** Greets well, then talks nonsense. @return messages sent */
  int talk(int most) throws IOException {
    boolean inBand = random.nextBoolean();
    SocketTalk talk = inBand ? jam : live;
    int sent = 0;
    try (RawPeer peer = RawPeer.connected(port, inBand ? Channel.JAM.path() : Channel.LIVE.path())) {
      Thread ear = Thread.startVirtualThread(() -> listen(peer, talk));
      try {
        if (inBand) {
          enterBand(peer);
        } else {
          peer.text("{\"type\":\"hello\",\"protocolVersion\":1}");
        }
        for (int left = Math.min(most, MESSAGES); left > 0; left -= MESSAGES_PER_WRITE) {
          int now = Math.min(left, MESSAGES_PER_WRITE);
          peer.bytes(messages(talk, now));
          sent += now;
        }
        leave(peer);
      } catch (IOException closedByTheDaemon) {
        answers.count("cut off");
      }
      ear.join();
    } catch (InterruptedException stop) {
      throw new IOException(stop);
    }
    return sent;
  }

  private void enterBand(RawPeer peer) throws IOException {
    peer.text("{\"type\":\"jam_hello\",\"protocolVersion\":1}");
    peer.text("{\"type\":\"session_create\"}");
    peer.text("{\"type\":\"track_add\",\"presetId\":\"default-voice\"}");
  }

  private static byte[] messages(SocketTalk talk, int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      all.writeBytes(RawPeer.masked(0x81, talk.utterance()));
    }
    return all.toByteArray();
  }

  /** Mostly as it should be, so that everything is read before; else without a word. */
  private void leave(RawPeer peer) throws IOException {
    switch (random.nextInt(20)) {
      case 0 -> peer.reset();
      case 1 -> peer.socket().shutdownOutput();
      default -> peer.close(1000);
    }
  }

  private void listen(RawPeer peer, SocketTalk talk) {
    try {
      for (RawPeer.Frame frame = peer.next(); frame != null; frame = peer.next()) {
        if (frame.opCode() == 1) {
          answers.text(frame.text());
          talk.overhear(frame.text());
        } else if (frame.opCode() == 8) {
          answers.closed(frame);
          peer.close();
          return;
        }
      }
    } catch (IOException gone) {
      // the end of this connection
    }
  }

  /** Frames that break RFC 6455 half of the time; the daemon ends the connection at the first. @return frames sent */
  int frames(int most) throws IOException {
    int count = Math.min(most, FRAMES);
    try (RawPeer peer = RawPeer.connected(port, random.nextBoolean() ? Channel.LIVE.path() : Channel.JAM.path())) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        all.writeBytes(bytes.frame());
      }
      peer.bytes(all.toByteArray());
      peer.socket().shutdownOutput();
      for (RawPeer.Frame frame = peer.read(); frame != null; frame = peer.read()) {
        if (frame.opCode() == 8) {
          answers.closed(frame);
          break;
        }
      }
    } catch (IOException closedByTheDaemon) {
      answers.count("cut off");
    }
    return count;
  }
}
