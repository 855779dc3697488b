package dev.cantora.client.live;

import dev.cantora.api.CloseCode;
import dev.cantora.api.live.ErrorMessage;
import dev.cantora.api.live.Hello;
import dev.cantora.api.live.HelloAck;
import dev.cantora.api.live.LiveClientMessage;
import dev.cantora.api.live.LiveServerMessage;
import dev.cantora.api.live.NoteOff;
import dev.cantora.api.live.NoteOn;
import dev.cantora.api.live.TransportCommand;
import dev.cantora.client.errors.ApiExceptions;
import dev.cantora.client.errors.ConnectionException;
import dev.cantora.client.errors.ErrorReport;
import dev.cantora.client.http.Transport;
import dev.cantora.client.socket.AudioFrame;
import dev.cantora.client.socket.Reconnection;
import dev.cantora.client.socket.TypedSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A live session. Notes that are sent while the connection is down are dropped: nobody wants them late. After a lost
 * connection the session says hello again with the same settings; sounding notes and the transport are gone then.
 */
public final class LiveSession implements AutoCloseable {
  private static final int PROTOCOL_VERSION = 1;
  private static final Set<Integer> FINAL_CLOSES = Set.of(1000, CloseCode.UNAUTHORIZED.code(), CloseCode.SERVER_FULL.code());

  private final Builder settings;
  private final CompletableFuture<HelloAck> ready = new CompletableFuture<>();
  private volatile TypedSocket<LiveClientMessage, LiveServerMessage> socket;
  private final Reconnection reconnection = new Reconnection(this::connect);

  private LiveSession(Builder settings) {
    this.settings = settings;
  }

  /** Sends any message of the protocol. */
  public void send(LiveClientMessage message) {
    TypedSocket<LiveClientMessage, LiveServerMessage> current = socket;
    if (current != null) {
      current.send(message);
    }
  }

  /** Starts the frames. */
  public void play() {
    send(new TransportCommand(TransportCommand.Command.PLAY, null));
  }

  /** Ends the frames. */
  public void stop() {
    send(new TransportCommand(TransportCommand.Command.STOP, null));
  }

  /** Silences everything within 10 ms. */
  public void panic() {
    send(new TransportCommand(TransportCommand.Command.PANIC, null));
  }

  /** @param velocity loudness, 0..1 */
  public void noteOn(String noteId, int midi, double velocity) {
    send(NoteOn.builder().noteId(noteId).midi(midi).velocity(velocity).build());
  }

  public void noteOff(String noteId) {
    send(NoteOff.builder().noteId(noteId).build());
  }

  @Override
  public void close() {
    reconnection.end();
    TypedSocket<LiveClientMessage, LiveServerMessage> current = socket;
    if (current != null) {
      current.close();
    }
  }

  /** The hello of a session that came back was refused: without it there is no session to play in. */
  private void tryAgain(ErrorMessage refusal) {
    TypedSocket<LiveClientMessage, LiveServerMessage> current = socket;
    if (current != null) {
      current.abandon(new ConnectionException("refused with " + refusal.code(), null));
    }
  }

  private void connect() {
    TypedSocket<LiveClientMessage, LiveServerMessage> opened =
        TypedSocket.open(settings.http, settings.uri, LiveServerMessage.class, new Events());
    socket = opened;
    opened.send(settings.hello.toBuilder().protocolVersion(PROTOCOL_VERSION).build());
    if (!reconnection.wanted()) {
      opened.close();
    }
  }

  /** Of one socket of this session. */
  private final class Events implements TypedSocket.Listener<LiveServerMessage> {
    private boolean welcomed;

    @Override
    public void onMessage(LiveServerMessage message) {
      if (message instanceof HelloAck session) {
        welcomed = true;
        reconnection.settled();
        ready.complete(session);
        settings.listener.onReady(session);
      } else if (message instanceof ErrorMessage error && !ready.isDone()) {
        ready.completeExceptionally(ApiExceptions.of(
            ErrorReport.ofSocket(error.code(), error.message(), error.hint(), error.issues())));
      } else if (message instanceof ErrorMessage error && !welcomed) {
        tryAgain(error);
      }
      settings.listener.onMessage(message);
    }

    @Override
    public void onFrame(AudioFrame frame) {
      settings.listener.onFrame(frame);
    }

    @Override
    public void onClosed(int code, String reason) {
      socket = null;
      boolean again = settings.reconnect && reconnection.wanted() && ready.isDone() && !FINAL_CLOSES.contains(code);
      ready.completeExceptionally(new ConnectionException("closed with " + code + " " + reason, null));
      settings.listener.onClosed(code, reason, again);
      if (again) {
        reconnection.begin();
      }
    }
  }

  /** Settings of a session. */
  public static final class Builder {
    private final HttpClient http;
    private final URI uri;
    private final LiveListener listener;
    private Hello hello = Hello.builder().protocolVersion(PROTOCOL_VERSION).build();
    private boolean reconnect = true;

    /** @param uri of {@code /ws}, with its token */
    public Builder(HttpClient http, URI uri, LiveListener listener) {
      this.http = http;
      this.uri = uri;
      this.listener = listener;
    }

    /** Voice, polyphony, frame format and the like; the protocol version is set for you. */
    public Builder hello(Hello hello) {
      this.hello = hello;
      return this;
    }

    /** Whether to come back after a lost connection; true unless set. */
    public Builder reconnect(boolean reconnect) {
      this.reconnect = reconnect;
      return this;
    }

    /**
     * Connects and says hello.
     *
     * @throws dev.cantora.client.errors.CantoraException when the daemon cannot be reached or refuses
     */
    public LiveSession open() {
      LiveSession session = new LiveSession(this);
      session.connect();
      Transport.await(session.ready);
      return session;
    }
  }
}
