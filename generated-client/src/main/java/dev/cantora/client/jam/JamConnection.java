package dev.cantora.client.jam;

import dev.cantora.api.CloseCode;
import dev.cantora.api.jam.JamClientMessage;
import dev.cantora.api.jam.JamError;
import dev.cantora.api.jam.JamHello;
import dev.cantora.api.jam.JamHelloAck;
import dev.cantora.api.jam.JamServerMessage;
import dev.cantora.api.jam.SessionCreate;
import dev.cantora.api.jam.SessionCreated;
import dev.cantora.api.jam.SessionJoin;
import dev.cantora.api.jam.SessionJoined;
import dev.cantora.api.jam.Snapshot;
import dev.cantora.api.jam.Track;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.api.jam.TrackAdded;
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
 * A connection for jams. {@link #ask} sends a message and waits for the kind of answer it has; one question is open at a
 * time, since the protocol does not number its answers. A connection that breaks comes back by itself and goes on as the
 * same participant while the daemon's grace time lasts ({@link JamListener#onResumed}); what is sent in between is dropped.
 */
public final class JamConnection implements AutoCloseable {
  private static final int PROTOCOL_VERSION = 1;
  private static final Set<Integer> FINAL_CLOSES =
      Set.of(1000, CloseCode.UNAUTHORIZED.code(), CloseCode.SESSION_DESTROYED.code());

  private final HttpClient http;
  private final URI uri;
  private final String displayName;
  private final JamListener listener;
  private final Reconnection reconnection = new Reconnection(this::resume);
  private volatile TypedSocket<JamClientMessage, JamServerMessage> socket;
  private Question<?> open;
  private boolean connected;
  private volatile JamHelloAck identity;

  private JamConnection(HttpClient http, URI uri, String displayName, JamListener listener) {
    this.http = http;
    this.uri = uri;
    this.displayName = displayName;
    this.listener = listener;
  }

  private record Question<T>(Class<T> answer, CompletableFuture<T> future) {
    void offer(JamServerMessage message) {
      if (answer.isInstance(message)) {
        future.complete(answer.cast(message));
      } else if (message instanceof JamError error) {
        future.completeExceptionally(ApiExceptions.of(
            ErrorReport.ofSocket(error.code(), error.message(), error.hint(), error.issues())));
      }
    }
  }

  /** Connects and says hello; see {@code Cantora.jam}. */
  public static JamConnection open(HttpClient http, URI uri, String displayName, JamListener listener) {
    JamConnection connection = new JamConnection(http, uri, displayName, listener);
    connection.connect();
    connection.identity = connection.ask(connection.hello(null), JamHelloAck.class);
    return connection;
  }

  /** This client's id in every session of this connection; another one when a resume came too late. */
  public String participantId() {
    return identity.participantId();
  }

  /** Creates a session and becomes its host. */
  public Snapshot create(SessionCreate session) {
    return ask(session, SessionCreated.class).snapshot();
  }

  /** Joins a session. */
  public Snapshot join(String sessionId) {
    return ask(SessionJoin.builder().sessionId(sessionId).build(), SessionJoined.class).snapshot();
  }

  /** Adds a track. */
  public Track addTrack(TrackAdd track) {
    return ask(track, TrackAdded.class).track();
  }

  /** Sends any message of the protocol; answers come to the listener. */
  public void send(JamClientMessage message) {
    socket.send(message);
  }

  /**
   * Sends a message and waits for the first answer of a type.
   *
   * @throws dev.cantora.client.errors.ApiException when the daemon answers with an error instead
   */
  public <T extends JamServerMessage> T ask(JamClientMessage message, Class<T> answer) {
    Question<T> question = new Question<>(answer, new CompletableFuture<>());
    synchronized (this) {
      if (!connected) {
        throw new ConnectionException("the jam connection is closed", null);
      }
      if (open != null && !open.future().isDone()) {
        throw new IllegalStateException("another question is still open");
      }
      open = question;
    }
    socket.send(message);
    return Transport.await(question.future());
  }

  @Override
  public void close() {
    reconnection.end();
    socket.close();
  }

  private void connect() {
    Events events = new Events();
    TypedSocket<JamClientMessage, JamServerMessage> opened = TypedSocket.open(http, uri, JamServerMessage.class, events);
    synchronized (this) {
      socket = opened;
      connected = !events.closed;
    }
  }

  private void resume() {
    connect();
    socket.send(hello(identity.resumeToken()));
    if (!reconnection.wanted()) {
      socket.close();
    }
  }

  private JamHello hello(String resumeToken) {
    return JamHello.builder().protocolVersion(PROTOCOL_VERSION).displayName(displayName).resumeToken(resumeToken).build();
  }

  private synchronized Question<?> openQuestion() {
    return open;
  }

  /** Of one socket of this connection. */
  private final class Events implements TypedSocket.Listener<JamServerMessage> {
    private boolean welcomed;
    private boolean closed;

    @Override
    public void onMessage(JamServerMessage message) {
      if (message instanceof JamHelloAck ack) {
        welcomed = true;
        reconnection.settled();
        if (identity != null) {
          identity = ack;
          listener.onResumed(Boolean.TRUE.equals(ack.resumed()));
        }
      } else if (message instanceof JamError error && identity != null && !welcomed) {
        // nobody asked a question that this answers: the hello was refused, as by a node that is cut off for a while
        socket.abandon(new ConnectionException("refused with " + error.code(), null));
      }
      Question<?> question = openQuestion();
      if (question != null) {
        question.offer(message);
      }
      listener.onMessage(message);
    }

    @Override
    public void onFrame(AudioFrame frame) {
      listener.onFrame(frame);
    }

    @Override
    public void onClosed(int code, String reason) {
      Question<?> question;
      synchronized (JamConnection.this) {
        closed = true;
        connected = false;
        question = open;
      }
      if (question != null) {
        question.future().completeExceptionally(new ConnectionException("closed with " + code + " " + reason, null));
      }
      boolean again = identity != null && !FINAL_CLOSES.contains(code) && reconnection.wanted();
      listener.onClosed(code, reason, again);
      if (again) {
        reconnection.begin();
      }
    }
  }
}
