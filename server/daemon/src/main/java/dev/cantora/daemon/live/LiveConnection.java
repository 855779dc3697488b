package dev.cantora.daemon.live;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.live.Control;
import dev.cantora.api.live.Hello;
import dev.cantora.api.live.LatencyReport;
import dev.cantora.api.live.LiveClientMessage;
import dev.cantora.api.live.NoteOff;
import dev.cantora.api.live.NoteOn;
import dev.cantora.api.live.ParamUpdate;
import dev.cantora.api.live.Ping;
import dev.cantora.api.live.Pong;
import dev.cantora.api.live.QueueLyrics;
import dev.cantora.api.live.RecordDiscard;
import dev.cantora.api.live.RecordRetry;
import dev.cantora.api.live.RecordStart;
import dev.cantora.api.live.RecordStop;
import dev.cantora.api.live.TimbreMorph;
import dev.cantora.api.live.TransportCommand;
import dev.cantora.daemon.audio.AudioScratch;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.SocketMessages;
import dev.cantora.daemon.socket.SocketListener;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's side of a session: everything that may take time or fail happens here, on the socket's virtual thread, and
 * the audio thread gets small events. Messages are taken one after the other, so none overtakes a hello that still loads.
 */
final class LiveConnection implements SocketListener {

  static final int MAX_MESSAGES_PER_SEC = 200;
  private static final int OPUS_RATE_HZ = 48000;
  private static final Logger LOG = LoggerFactory.getLogger(LiveConnection.class);

  private final LiveSession session;
  private final LiveOutput output;
  private final SocketMessages<LiveClientMessage> messages;
  private final Instrument.Library library;
  private final LiveWords words;
  private final LiveMetrics metrics;
  private final long clockEpochNs;
  private final AudioScratch scratch;
  private final Runnable onClosed;
  private final MessageRate rate = new MessageRate(MAX_MESSAGES_PER_SEC);
  private boolean opened;

  /**
   * @param clockEpochNs origin of the grid of all schedules
   * @param scratch of the thread that runs the session
   * @param onClosed frees the session's place, called once
   */
  LiveConnection(LiveSession session, LiveOutput output, SocketMessages<LiveClientMessage> messages, Instrument.Library library, LiveWords words,
      LiveMetrics metrics, long clockEpochNs, AudioScratch scratch, Runnable onClosed) {
    this.session = session;
    this.output = output;
    this.messages = messages;
    this.library = library;
    this.words = words;
    this.metrics = metrics;
    this.clockEpochNs = clockEpochNs;
    this.scratch = scratch;
    this.onClosed = onClosed;
  }

  @Override
  public void text(String message) {
    long arrivedNs = System.nanoTime();
    switch (rate.judge(arrivedNs)) {
      case ACCEPT -> accept(message, arrivedNs);
      case REPORT -> output.send(LiveErrors.of(ErrorCode.RATE_LIMITED,
          "More than " + MAX_MESSAGES_PER_SEC + " messages in a second; further ones are dropped."));
      case DROP -> { }
    }
  }

  @Override
  public void binary(int lengthBytes) {
    if (rate.judge(System.nanoTime()) == MessageRate.Verdict.ACCEPT) {
      output.send(LiveErrors.of(ErrorCode.PARSE_ERROR, "Clients send text messages only."));
    }
  }

  @Override
  public void pong(long roundTripNanos) {
    session.post(new SessionEvent.RoundTrip(roundTripNanos));
  }

  @Override
  public void closed(int code, String reason) {
    session.post(new SessionEvent.Gone());
    onClosed.run();
  }

  /** Takes a message that is within the rate. */
  void accept(String text, long arrivedNs) {
    switch (messages.read(text)) {
      case SocketMessages.NoJson<LiveClientMessage>() -> output.send(LiveErrors.of(ErrorCode.PARSE_ERROR));
      case SocketMessages.Invalid<LiveClientMessage>(var issues) -> output.send(LiveErrors.invalid(issues));
      case SocketMessages.Valid<LiveClientMessage>(var message) -> dispatch(message, arrivedNs);
    }
  }

  private void dispatch(LiveClientMessage message, long arrivedNs) {
    switch (message) {
      case Hello hello -> hello(hello);
      case Ping ping -> output.send(Pong.builder().clientTimestamp(ping.clientTimestamp())
          .serverTimestamp(System.currentTimeMillis()).samplePosition(session.samplePosition()).build());
      case LiveClientMessage other when !opened -> output.send(LiveErrors.of(ErrorCode.NOT_INITIALIZED));
      case LiveClientMessage other -> forward(other, arrivedNs);
    }
  }

  private void forward(LiveClientMessage message, long arrivedNs) {
    switch (message) {
      case TransportCommand transport -> session.post(new SessionEvent.Transport(transport.command()));
      case NoteOn note -> note(note, arrivedNs);
      case NoteOff note -> session.post(new SessionEvent.Release(note, arrivedNs));
      case ParamUpdate params -> session.post(new SessionEvent.Params(params, params.maxPolyphony() == null
          ? LiveVoice.Reserve.NONE : session.reserve(params.maxPolyphony())));
      case TimbreMorph morph -> session.post(new SessionEvent.Morph(morph, arrivedNs));
      case Control control -> session.post(new SessionEvent.Controlled(control, arrivedNs));
      case QueueLyrics lyrics -> session.post(
          new SessionEvent.Words(words.syllables(lyrics.text(), lyrics.languageOrDefault()), lyrics.appendOrDefault()));
      case RecordStart start -> session.post(new SessionEvent.RecordStart());
      case RecordStop stop -> session.post(new SessionEvent.RecordStop(trimmed(stop.name())));
      case RecordRetry retry -> session.post(new SessionEvent.RecordRetry(trimmed(retry.name())));
      case RecordDiscard discard -> session.post(new SessionEvent.RecordDiscard());
      case LatencyReport report -> session.post(new SessionEvent.LatencyReported(report));
      case Hello hello -> throw new IllegalStateException("handled before");
      case Ping ping -> throw new IllegalStateException("handled before");
    }
  }

  private void note(NoteOn note, long arrivedNs) {
    List<SungSyllable> own = List.of();
    if (note.phonemes() != null && !note.phonemes().isEmpty()) {
      Optional<SungSyllable> spelled = LiveWords.spelled(note.phonemes());
      if (spelled.isEmpty()) {
        output.send(LiveErrors.invalid("phonemes", "must be ARPAbet symbols"));
        return;
      }
      own = List.of(spelled.get());
    } else if (note.lyric() != null && !note.lyric().isBlank()) {
      own = words.syllables(note.lyric(), note.language()).syllables();
    }
    session.post(new SessionEvent.Note(note, own, arrivedNs));
  }

  private void hello(Hello hello) {
    if (hello.protocolVersion() != SessionSetup.PROTOCOL_VERSION) {
      output.send(LiveErrors.of(ErrorCode.PROTOCOL_MISMATCH, "This daemon speaks protocol "
          + SessionSetup.PROTOCOL_VERSION + ", the client " + hello.protocolVersion() + "."));
      return;
    }
    try {
      Instrument instrument = library.load(hello.presetIdOrDefault());
      if (hello.defaultTimbre() != null && !instrument.timbres().contains(hello.defaultTimbre())) {
        output.send(LiveErrors.unknownTimbre("defaultTimbre", hello.defaultTimbre(), instrument.timbres()));
        return;
      }
      session.post(new SessionEvent.Opened(setup(hello, instrument)));
      opened = true;
    } catch (ApiException e) {
      initFailed(e.getMessage(), e);
    } catch (EngineException e) {
      initFailed(e.getMessage(), e);
    }
  }

  private void initFailed(String why, RuntimeException cause) {
    LOG.atWarn().addKeyValue("code", ErrorCode.INIT_FAILED.name()).setCause(cause).log("live_init_failed");
    output.send(LiveErrors.of(ErrorCode.INIT_FAILED, why));
  }

  private SessionSetup setup(Hello hello, Instrument instrument) {
    FrameFormat format = WireTypes.frameFormat(hello.frameFormatOrDefault());
    boolean opus = format == FrameFormat.OPUS;
    int rate = opus ? OPUS_RATE_HZ : instrument.sampleRateHz();
    int blockSize = opus ? OPUS_RATE_HZ * hello.packetMsOrDefault() / 1000 : hello.blockSizeOrDefault();
    LiveConfig settings = new LiveConfig(rate, hello.channelsOrDefault(), hello.maxPolyphonyOrDefault(),
        hello.rngSeedOrDefault(), hello.defaultTimbre());
    Player player = new Player(settings, format, blockSize, clockEpochNs, scratch, output, metrics);
    return new SessionSetup(new VoiceChain(instrument, settings), player, format, hello.eventDelayMsOrDefault());
  }

  private static String trimmed(String name) {
    return name == null ? null : name.strip();
  }
}
