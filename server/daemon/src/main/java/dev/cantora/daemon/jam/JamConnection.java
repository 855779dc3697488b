package dev.cantora.daemon.jam;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.JamClientMessage;
import dev.cantora.api.jam.JamHello;
import dev.cantora.api.jam.JamHelloAck;
import dev.cantora.api.jam.JamPing;
import dev.cantora.api.jam.JamPong;
import dev.cantora.api.jam.SessionCreate;
import dev.cantora.api.jam.SessionJoin;
import dev.cantora.api.jam.SessionLeave;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.api.jam.TrackNoteOn;
import dev.cantora.api.jam.TrackSetScore;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.daemon.jam.session.JamCommand;
import dev.cantora.daemon.jam.session.JamOutput;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.Member;
import dev.cantora.daemon.json.SocketMessages;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.daemon.live.MessageRate;
import dev.cantora.daemon.render.ScoreMapping;
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.socket.CloseCode;
import dev.cantora.daemon.socket.SocketConnection;
import dev.cantora.daemon.socket.SocketListener;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.score.Score;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * One client of {@code /ws/jam}. Everything that may take time or fail happens here, on the socket's virtual thread; the
 * session gets commands.
 */
final class JamConnection implements SocketListener {

  private static final int PROTOCOL_VERSION = 1;
  private static final int MAX_MESSAGES_PER_SEC = 200;

  private final SocketConnection connection;
  private final JamOutput output;
  private final Principal principal;
  private final JamHub hub;
  private final SocketMessages<JamClientMessage> messages;
  private final Instrument.Library library;
  private final ScoreNotes scoreNotes;
  private final IntSupplier nextPlayer;
  private final Runnable onClosed;
  private final MessageRate rate = new MessageRate(MAX_MESSAGES_PER_SEC);
  private JamHello hello;
  private String displayName;
  private String participantId;
  private String resumeToken;
  private Identity place;

  JamConnection(SocketConnection connection, Principal principal, JamHub hub, SocketMessages<JamClientMessage> messages,
      Instrument.Library library, ScoreNotes scoreNotes, IntSupplier nextPlayer, Runnable onClosed) {
    this.connection = connection;
    this.output = new JamOutput(connection);
    this.principal = principal;
    this.hub = hub;
    this.messages = messages;
    this.library = library;
    this.scoreNotes = scoreNotes;
    this.nextPlayer = nextPlayer;
    this.onClosed = onClosed;
  }

  @Override
  public void text(String message) {
    long arrivedNs = System.nanoTime();
    switch (rate.judge(arrivedNs)) {
      case ACCEPT -> accept(message, arrivedNs);
      case REPORT -> output.error(ErrorCode.RATE_LIMITED,
          "More than " + MAX_MESSAGES_PER_SEC + " messages in a second; further ones are dropped.");
      case DROP -> { }
    }
  }

  @Override
  public void binary(int lengthBytes) {
    if (rate.judge(System.nanoTime()) == MessageRate.Verdict.ACCEPT) {
      output.error(ErrorCode.PARSE_ERROR, "Clients send text messages only.");
    }
  }

  @Override
  public synchronized void closed(int code, String reason) {
    onClosed.run();
    if (place == null) {
      return;
    }
    if (code == CloseCode.ABNORMAL || code == CloseCode.POLICY) {
      place.session().post(new JamCommand.Exit(place.member(), false));
      hub.keep(place);
    } else {
      leave();
    }
  }

  private synchronized void accept(String text, long arrivedNs) {
    switch (messages.read(text)) {
      case SocketMessages.NoJson<JamClientMessage>() -> output.error(ErrorCode.PARSE_ERROR);
      case SocketMessages.Invalid<JamClientMessage>(var issues) -> output.invalid(issues);
      case SocketMessages.Valid<JamClientMessage>(var message) -> tryDispatch(message, arrivedNs);
    }
  }

  private void tryDispatch(JamClientMessage message, long arrivedNs) {
    try {
      dispatch(message, arrivedNs);
    } catch (ApiException | EngineException refused) {
      ApiException known = ErrorMapping.map(refused);
      output.error(known.code(), known.getMessage());
    }
  }

  private void dispatch(JamClientMessage message, long arrivedNs) {
    switch (message) {
      case JamHello first -> hello(first);
      case JamClientMessage early when hello == null -> output.error(ErrorCode.NOT_AUTHENTICATED);
      case JamPing ping -> output.send(JamPong.builder().clientTimestamp(ping.clientTimestamp())
          .serverTimestamp(System.currentTimeMillis())
          .sessionSample(place == null ? null : place.session().streamSample()).build());
      case SessionCreate create when place != null -> output.error(ErrorCode.ALREADY_IN_SESSION);
      case SessionJoin join when place != null -> output.error(ErrorCode.ALREADY_IN_SESSION);
      case SessionCreate create -> enter(hub.create(create), false);
      case SessionJoin join -> {
        boolean spectator = join.roleOrDefault() == SessionJoin.Role.SPECTATOR;
        enter(hub.join(join.sessionId(), spectator), spectator);
      }
      case JamClientMessage outside when place == null -> output.error(ErrorCode.NOT_IN_SESSION);
      case SessionLeave leave -> leave();
      case TrackAdd add -> addTrack(add);
      case TrackSetScore set -> setScore(set);
      case TrackNoteOn note -> note(note, arrivedNs);
      case JamClientMessage other -> place.session().post(new JamCommand.Said(place.member(), other, arrivedNs));
    }
  }

  private void hello(JamHello message) {
    if (message.protocolVersion() != PROTOCOL_VERSION) {
      output.error(ErrorCode.PROTOCOL_MISMATCH,
          "This daemon speaks jam protocol " + PROTOCOL_VERSION + ", the client " + message.protocolVersion() + ".");
      connection.close(CloseCode.UNAUTHORIZED, "Protocol mismatch");
      return;
    }
    if (place != null) {
      output.error(ErrorCode.ALREADY_IN_SESSION);
      return;
    }
    hello = message;
    Optional<Identity> earlier = message.resumeToken() == null ? Optional.empty()
        : hub.resume(message.resumeToken()).filter(identity -> identity.principalId().equals(principal.id()));
    participantId = earlier.map(identity -> identity.member().participantId()).orElseGet(hub::newParticipantId);
    resumeToken = earlier.map(Identity::resumeToken).orElseGet(hub::newToken);
    displayName = message.displayName() == null ? "Player " + nextPlayer.getAsInt() : message.displayName();
    output.send(JamHelloAck.builder().protocolVersion(PROTOCOL_VERSION).participantId(participantId)
        .resumeToken(resumeToken).resumed(earlier.isPresent()).build());
    earlier.ifPresent(this::enter);
  }

  private void enter(JamSession session, boolean spectator) {
    Member member = new Member(participantId, displayName, principal.id(), spectator);
    enter(new Identity(resumeToken, principal.id(), member, session, spectator));
  }

  private void enter(Identity identity) {
    place = identity;
    FrameFormat format = hello.frameFormatOrDefault() == JamHello.FrameFormat.S16 ? FrameFormat.S16 : FrameFormat.F32;
    identity.session().post(new JamCommand.Enter(identity.member(), output, format, hello.channelsOrDefault()));
  }

  private void leave() {
    place.session().post(new JamCommand.Exit(place.member(), true));
    hub.free(place.session(), place.spectator());
    place = null;
  }

  private void addTrack(TrackAdd add) {
    Instrument instrument;
    try {
      instrument = library.load(add.presetId());
    } catch (ApiException | EngineException known) {
      throw known;
    } catch (RuntimeException e) {
      throw ApiException.builder(ErrorCode.TRACK_ADD_FAILED).cause(e).build();
    }
    place.session().post(new JamCommand.AddTrack(place.member(), add, instrument));
  }

  private void setScore(TrackSetScore set) {
    ScoreMapping.requireSupported(set.score().formatVersion());
    Score score = ScoreMapping.score(set.score());
    place.session().post(new JamCommand.SetScore(place.member(), set.trackId(), scoreNotes.notes(score), score.endSec()));
  }

  private void note(TrackNoteOn note, long arrivedNs) {
    List<String> phonemes = List.of();
    if (note.phonemes() != null && !note.phonemes().isEmpty()) {
      phonemes = note.phonemes();
      if (phonemes.stream().anyMatch(symbol -> Phone.of(symbol).isEmpty())) {
        output.invalid("phonemes", "must be ARPAbet symbols");
        return;
      }
    } else if (note.lyric() != null && !note.lyric().isBlank()) {
      phonemes = scoreNotes.syllable(note.lyric(), note.language());
    }
    place.session().post(new JamCommand.Note(place.member(), note, phonemes, arrivedNs));
  }
}
