package dev.cantora.daemon.live;

import dev.cantora.api.live.NoteOff;
import dev.cantora.api.live.NoteOn;
import dev.cantora.api.live.RecordStatus;
import dev.cantora.api.live.TransportAck;
import dev.cantora.api.live.TransportCommand;
import dev.cantora.daemon.audio.AudioTask;
import dev.cantora.daemon.socket.CloseCode;
import dev.cantora.engine.LiveVoice;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One player's session. All its state belongs to the audio thread that {@link #run}s it; others put events into its
 * mailbox and wake it.
 */
final class LiveSession implements AudioTask {

  private enum Transport { STOPPED, PLAYING, RELEASING }

  private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
  /** A stop fades within 10 ms; this bounds what rounds up to blocks. */
  private static final double MAX_RELEASE_SEC = 0.25;
  /** A log of more events begins anew at the next silence. */
  private static final int MAX_LOG_EVENTS = 20_000;

  private final String sessionId;
  private final LiveOutput output;
  private final SessionDoor door;
  private final LiveMetrics metrics;
  private final Recorder recorder;
  private final Queue<SessionEvent> mailbox = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final SungNotes notes;
  private final LatencyMeter latency = new LatencyMeter();
  private final ForgottenNotes forgotten = new ForgottenNotes();

  /** Made once, as the audio thread makes no garbage. */
  private final Consumer<EventPlanner.Planned> applyPlanned = this::apply;

  private SessionSetup setup;
  private VoiceChain chain;
  private Player player;
  private EventPlanner planner;
  private TelemetryWindow telemetry;
  private SessionCommands commands;
  private Transport transport = Transport.STOPPED;
  /** Sample of the stream at which the chain's position was 0. */
  private long chainZero;
  private long releaseUntilSample;
  private volatile long samplePosition;
  private volatile LiveVoice voice;
  private boolean gone;

  /** @param owner principal whose recordings these are */
  LiveSession(String sessionId, String owner, LiveOutput output, SessionDoor door, TakeStore store,
      LiveMetrics metrics) {
    this.sessionId = sessionId;
    this.output = output;
    this.door = door;
    this.metrics = metrics;
    this.notes = new SungNotes(output);
    this.recorder = new Recorder(store, owner, output, this::post);
  }

  /** Any thread. */
  void post(SessionEvent event) {
    mailbox.add(event);
    door.wake();
  }

  /** Done when the session is over and its recordings are stored. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Samples played since the transport last started. Any thread, a block old. */
  long samplePosition() {
    return samplePosition;
  }

  /** Singers for a greater polyphony of the voice that sings now. Any thread but the audio thread, as they take time. */
  LiveVoice.Reserve reserve(int voices) {
    LiveVoice singing = voice;
    return singing == null ? LiveVoice.Reserve.NONE : singing.reserve(voices);
  }

  @Override
  public long run(long nowNs) {
    try {
      for (SessionEvent event = mailbox.poll(); event != null; event = mailbox.poll()) {
        handle(event, nowNs);
      }
      if (gone || chain == null) {
        return IDLE;
      }
      boolean blockDue = player.playing() && nowNs - player.schedule().dueNs() >= 0;
      if (blockDue) {
        playBlock(nowNs);
      }
      // while frames flow telemetry goes with one of them: the session is not run for it alone
      if (telemetry.due(nowNs) && (blockDue || !player.playing())) {
        telemetry.close(nowNs, chain, player, recorder, latency, output);
      }
      return player.playing() ? player.schedule().dueNs() : telemetry.nextNs();
    } catch (RuntimeException | Error e) {
      fail(e);
      return IDLE;
    }
  }

  @Override
  public void flush() {
    try {
      if (player != null) {
        player.announce();
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    LOG.atError().addKeyValue("session", sessionId).setCause(cause).log("live_session_failed");
    output.close(CloseCode.INTERNAL, "Internal error");
    leave();
  }

  private void handle(SessionEvent event, long nowNs) {
    switch (event) {
      case SessionEvent.Gone() -> leave();
      case SessionEvent.TakeSaved(SavedTake saved) -> settle(() -> recorder.saved(saved));
      case SessionEvent.TakeFailed failed -> settle(() -> recorder.failed(failed.take(), failed.failure()));
      case SessionEvent.Opened(SessionSetup agreed) when !gone -> open(agreed, nowNs);
      case SessionEvent other when gone || chain == null -> { }
      case SessionEvent.Transport command -> transport(command.command());
      case SessionEvent.Note note -> note(note);
      case SessionEvent.Played played when player.playing() -> planner.plan(played, player.schedule());
      case SessionEvent.Played played -> apply(new EventPlanner.Planned(played, 0, false, 0));
      case SessionEvent.Words words -> notes.queue(words);
      case SessionEvent.RecordStart() -> recorder.start(chain);
      case SessionEvent.RecordStop(String name) -> recorder.stop(chain, setup.blockSize(), name);
      case SessionEvent.RecordRetry(String name) -> recorder.retry(name);
      case SessionEvent.RecordDiscard() -> recorder.discard();
      case SessionEvent.LatencyReported reported -> metrics.underruns(latency.report(reported.report()));
      case SessionEvent.RoundTrip(long nanos) -> latency.roundTrip(nanos);
      case SessionEvent.Params params -> commands.params(chain, params);
      case SessionEvent.InstrumentReady ready -> {
        if (commands.ready(chain, ready)) {
          voice = chain.voice();
          output.send(setup.acknowledge(chain, sessionId));
        }
      }
      case SessionEvent.InstrumentFailed failed -> commands.failed(failed);
      case SessionEvent.Opened late -> { }
    }
  }

  private void open(SessionSetup agreed, long nowNs) {
    if (chain != null) {
      recorder.finish(chain, setup.blockSize(), null, RecordStatus.Reason.TRANSPORT_STOP);
    }
    setup = agreed;
    chain = agreed.chain();
    voice = chain.voice();
    player = agreed.player();
    player.takeOver();
    planner = new EventPlanner(agreed.sampleRateHz(), agreed.eventDelayMs());
    commands = new SessionCommands(output, door::load, this::post);
    telemetry = telemetry == null ? new TelemetryWindow(nowNs) : telemetry;
    transport = Transport.STOPPED;
    output.send(setup.acknowledge(chain, sessionId));
  }

  private void transport(TransportCommand.Command command) {
    switch (command) {
      case PLAY -> {
        if (transport != Transport.PLAYING) {
          play();
        }
        output.send(transportAck());
      }
      case STOP -> {
        if (transport == Transport.PLAYING) {
          transport = Transport.RELEASING;
          planner.clear();
          commands.fadeOut(chain);
          releaseUntilSample = player.samplePosition() + (long) (MAX_RELEASE_SEC * setup.sampleRateHz());
        } else if (transport == Transport.STOPPED) {
          output.send(transportAck());
        }
      }
      case PANIC -> {
        planner.clear();
        chain.apply(new ChainEvent.Panic(chain.position()), System.currentTimeMillis());
        output.send(transportAck());
      }
    }
  }

  private TransportAck transportAck() {
    boolean playing = transport == Transport.PLAYING;
    return TransportAck.builder().state(playing ? TransportAck.State.PLAYING : TransportAck.State.STOPPED)
        .samplePosition(player.samplePosition()).build();
  }

  private void play() {
    if (transport == Transport.RELEASING) {
      stopped();
    }
    if (chain.position() > 0 || !chain.log().isEmpty()) {
      chain.restart();
      recorder.follow(chain);
    }
    chainZero = 0;
    transport = Transport.PLAYING;
    long nowNs = System.nanoTime();
    forgotten.start(nowNs);
    player.start(nowNs);
    samplePosition = 0;
  }

  private void note(SessionEvent.Note event) {
    NoteOn message = event.message();
    if (message.timbre() != null && !chain.instrument().timbres().contains(message.timbre())) {
      output.send(LiveErrors.unknownTimbre("timbre", message.timbre(), chain.instrument().timbres()));
      return;
    }
    if (transport != Transport.PLAYING) {
      play();
    }
    planner.plan(event, player.schedule());
  }

  private void playBlock(long nowNs) {
    long moved = player.skipLostTime(nowNs);
    if (moved > 0) {
      planner.moved(moved);
    }
    planner.takeBefore(player.samplePosition() + setup.blockSize(), applyPlanned);
    forgotten.releaseWhenDue(nowNs, chain);
    float[] block = player.play(chain);
    samplePosition = player.samplePosition();
    int active = chain.voicesActive();
    telemetry.voices(active);
    if (recorder.append(block, setup.blockSize(), active)) {
      recorder.finish(chain, setup.blockSize(), null, RecordStatus.Reason.CAP);
    }
    if (transport == Transport.RELEASING && (active == 0 || player.samplePosition() >= releaseUntilSample)) {
      stopped();
    } else if (active == 0 && chain.log().size() > MAX_LOG_EVENTS && !recorder.recording()) {
      chainZero = player.samplePosition();
      chain.restart();
    }
  }

  private void stopped() {
    player.stop();
    transport = Transport.STOPPED;
    recorder.finish(chain, setup.blockSize(), null, RecordStatus.Reason.TRANSPORT_STOP);
    output.sendAfterFrames(transportAck());
  }

  private void apply(EventPlanner.Planned planned) {
    long atSample = Math.max(planned.sample() - chainZero, chain.position());
    switch (planned.event()) {
      case SessionEvent.Note note -> notes.start(note, chain, atSample, chainZero);
      case SessionEvent.Release(NoteOff message, long arrived) -> chain.apply(
          new ChainEvent.NoteOff(message.noteId(), message.releaseMsOrDefault(), atSample), System.currentTimeMillis());
      case SessionEvent.Morph morph -> commands.morph(chain, morph.message());
      case SessionEvent.Controlled control -> commands.control(chain, control.message());
    }
  }

  private void leave() {
    if (!gone) {
      gone = true;
      if (chain != null) {
        recorder.finish(chain, setup.blockSize(), null, RecordStatus.Reason.TRANSPORT_STOP);
      }
      recorder.leave();
      chain = null;
      voice = null;
      player = null;
      settle(() -> { });
    }
  }

  /** After a save has reported: a session that is over is done with the last of them. */
  private void settle(Runnable report) {
    report.run();
    if (gone && !recorder.saving()) {
      ended.complete(null);
      door.leave();
    }
  }
}
