package dev.cantora.daemon.live;

import dev.cantora.daemon.audio.AudioScratch;
import dev.cantora.daemon.audio.AudioTask;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.engine.LiveConfig;

/** Runs a session by hand, as fast as it goes, on a clock that this class moves. */
final class SessionDriver {

  static final LiveMetrics METRICS = new LiveMetrics(new Metrics());

  private final FakeOutput output;
  final LiveSession session;
  private long nowNs = System.nanoTime();

  SessionDriver(FakeOutput output, TakeStore store) {
    this.output = output;
    this.session = new LiveSession("test", "ann", output, new SessionDoor() {
      @Override
      public void wake() {}

      @Override
      public void leave() {}

      @Override
      public Instrument load(String presetId) {
        return ToneInstrument.LIBRARY.load(presetId);
      }
    }, store, METRICS);
  }

  void open(int blockSize) {
    open(ToneInstrument.LIBRARY.load("default-voice"), new LiveConfig(48000, 1, 4, 1, null), FrameFormat.F32, blockSize);
  }

  void open(Instrument instrument, LiveConfig settings, FrameFormat format, int blockSize) {
    post(new SessionEvent.Opened(new SessionSetup(new VoiceChain(instrument, settings),
        new Player(settings, format, blockSize, nowNs, new AudioScratch(), output, METRICS), format, 20)));
  }

  /** Hands an event over at a moment at which no block is due. */
  void post(SessionEvent event) {
    session.post(event);
    session.run(nowNs - 1_000_000_000L);
    nowNs = Math.max(nowNs, System.nanoTime());
  }

  /** Goes from due time to due time until so many samples more were played. */
  void runBlocks(int blocks) {
    long start = session.samplePosition();
    int played = 0;
    while (played < blocks) {
      long before = session.samplePosition();
      long next = session.run(nowNs);
      session.flush();
      if (session.samplePosition() != before) {
        played++;
      }
      if (next == AudioTask.IDLE) {
        throw new AssertionError("the session stands still after " + (before - start) + " samples");
      }
      nowNs = Math.max(nowNs, next);
    }
  }
}
