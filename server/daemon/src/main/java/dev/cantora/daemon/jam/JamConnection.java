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
import dev.cantora.api.jam.TrackUpdate;
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
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.socket.CloseCode;
import dev.cantora.daemon.socket.NodeSocket;
import dev.cantora.daemon.socket.SocketConnection;
import dev.cantora.daemon.socket.SocketListener;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.LiveVoice;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of {@code /ws/jam}. Everything that may take time or fail happens here, on the socket's virtual thread; the
 * session gets commands.
 */
final class JamConnection implements SocketListener, JamHub.Holder {

  private static final int PROTOCOL_VERSION = 1;
  private static final int MAX_MESSAGES_PER_SEC = 200;
  /** Daemons that a socket may pass; a client that joins here and there is sent away to begin anew. */
  private static final int MAX_RELAYS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(JamConnection.class);

  private final SocketConnection connection;
  private final JamOutput output;
  private final Principal principal;
  private final Lobby lobby;
  private final JamHub hub;
  private final SocketMessages<JamClientMessage> messages;
  private final TrackPreparation preparation;
  private final IntSupplier nextPlayer;
  private final Runnable onClosed;
  private final MessageRate rate = new MessageRate(MAX_MESSAGES_PER_SEC);
  /** The message that is being handled, as it came. */
  private String heard;
  private String helloText;
  private int relays;
  private JamHello hello;
  private String displayName;
  private String participantId;
  private String resumeToken;
  private Identity place;
  private volatile boolean superseded;

  JamConnection(SocketConnection connection, Principal principal, Lobby lobby, SocketMessages<JamClientMessage> messages,
      Instrument.Library library, ScoreNotes scoreNotes, IntSupplier nextPlayer, Runnable onClosed) {
    this.connection = connection;
    this.output = new JamOutput(connection);
    this.principal = principal;
    this.lobby = lobby;
    this.hub = lobby.hub();
    this.messages = messages;
    this.preparation = new TrackPreparation(output, library, scoreNotes);
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
    // a browser says GOING_AWAY when its page is loaded again
    if (code == CloseCode.ABNORMAL || code == CloseCode.POLICY || code == CloseCode.GOING_AWAY) {
      hub.drop(place, this);
    } else {
      leave();
    }
  }

  /** Goes on with a client that another daemon relays, from what it has said so far. */
  synchronized void goOn(RelayTicket ticket) {
    relays = ticket.relays();
    if (ticket.message() == null) {
      accept(ticket.hello(), System.nanoTime());
      return;
    }
    if (messages.read(ticket.hello()) instanceof SocketMessages.Valid<JamClientMessage>(JamHello said)) {
      helloText = ticket.hello();
      hello = said;
      participantId = ticket.participantId();
      resumeToken = ticket.resumeToken();
      displayName = ticket.displayName();
    }
    accept(ticket.message(), System.nanoTime());
  }

  private synchronized void accept(String text, long arrivedNs) {
    if (superseded) {
      return;
    }
    heard = text;
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
        switch (lobby.join(join.sessionId(), spectator)) {
          case Lobby.Here<JamSession>(JamSession session) -> enter(session, spectator);
          // a line about a session that has just ended leads to its node, and round it
          case Lobby.There<JamSession>(URI node) when relays >= MAX_RELAYS -> output.error(ErrorCode.SESSION_NOT_FOUND);
          case Lobby.There<JamSession>(URI node) -> relay(node);
        }
      }
      case JamClientMessage outside when place == null -> output.error(ErrorCode.NOT_IN_SESSION);
      case SessionLeave leave -> leave();
      case TrackAdd add -> preparation.addTrack(place, add);
      case TrackUpdate update -> place.session().post(new JamCommand.UpdateTrack(place.member(), update,
          update.polyphonyLimit() == null ? LiveVoice.Reserve.NONE
              : place.session().reserve(update.trackId(), update.polyphonyLimit())));
      case TrackSetScore set -> preparation.setScore(place, set);
      case TrackNoteOn note -> preparation.note(place, note, arrivedNs);
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
    helloText = heard;
    hello = message;
    Optional<Identity> earlier = Optional.empty();
    if (message.resumeToken() != null) {
      switch (lobby.resume(message.resumeToken(), principal, this).orElse(null)) {
        case Lobby.Here<Identity>(Identity identity) -> earlier = Optional.of(identity);
        case Lobby.There<Identity>(URI node) -> {
          relay(node);
          return;
        }
        case null -> { }
      }
    }
    participantId = earlier.map(identity -> identity.member().participantId()).orElseGet(hub::newParticipantId);
    resumeToken = earlier.map(Identity::resumeToken).orElseGet(hub::newToken);
    displayName = message.displayName() == null ? "Player " + nextPlayer.getAsInt() : message.displayName();
    output.send(JamHelloAck.builder().protocolVersion(PROTOCOL_VERSION).participantId(participantId)
        .resumeToken(resumeToken).resumed(earlier.isPresent()).build());
    earlier.ifPresent(this::connect);
  }

  private void enter(JamSession session, boolean spectator) {
    Member member = new Member(participantId, displayName, principal, spectator, JamHub.hash(resumeToken));
    Identity identity = new Identity(resumeToken, principal.id(), member, session, spectator);
    hub.enter(identity, this);
    connect(identity);
  }

  private void connect(Identity identity) {
    place = identity;
    FrameFormat format = hello.frameFormatOrDefault() == JamHello.FrameFormat.S16 ? FrameFormat.S16 : FrameFormat.F32;
    identity.session().post(new JamCommand.Enter(identity.member(), output, format, hello.channelsOrDefault()));
  }

  /** Another daemon has the session: it goes on with the client, from the message that was just read. */
  private void relay(URI node) {
    if (relays >= MAX_RELAYS) {
      connection.close(CloseCode.GOING_AWAY, dev.cantora.api.CloseCode.NODE_GONE.reason());
      return;
    }
    boolean greeted = !heard.equals(helloText);
    RelayTicket ticket = new RelayTicket(principal.id(), principal.admin(), helloText, greeted ? heard : null, participantId,
        resumeToken, displayName, relays + 1);
    try {
      connection.relayTo(NodeSocket.open(node, JamEndpoint.PATH, lobby.directory().leave(ticket)));
    } catch (IOException gone) {
      LOG.atInfo().addKeyValue("node", node).setCause(gone).log("jam_relay_failed");
      connection.close(CloseCode.GOING_AWAY, dev.cantora.api.CloseCode.NODE_GONE.reason());
    }
  }

  private void leave() {
    hub.leave(place, this);
    place = null;
  }

  @Override
  public void superseded() {
    superseded = true;
    connection.close(CloseCode.POLICY, "Resumed by another connection");
  }
}
