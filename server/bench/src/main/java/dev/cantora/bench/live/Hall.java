package dev.cantora.bench.live;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.engine.Engine;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Where all sessions play.
 *
 * @param engine that sings in this process what the daemon has to send
 * @param voices of each session
 * @param blockSize samples per frame
 */
record Hall(Engine engine, Voice voice, DaemonProcess daemon, int voices, int blockSize) {

  private static final int PARTS = 4;
  private static final double SAMPLES_PER_SEC = 48_000;

  double blockMs() {
    return blockSize * 1000 / SAMPLES_PER_SEC;
  }

  int frames(int sec) {
    return (int) Math.ceil(sec * SAMPLES_PER_SEC / blockSize);
  }

  /** A few parts, shared by many sessions. */
  Part[] parts(int sec) {
    Part[] parts = new Part[PARTS];
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part(engine, voice, i, voices, blockSize, frames(sec));
    }
    return parts;
  }

  /** Nothing that was settled beforehand: silence until somebody plays, and nothing to compare with. */
  Part[] unwritten() {
    return new Part[] {new Part(engine, voice, 0, voices, blockSize, 0)};
  }

  Audience audience() throws IOException {
    return new Audience(new InetSocketAddress(daemon.uri().getHost(), daemon.uri().getPort()));
  }
}
