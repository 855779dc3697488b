package dev.cantora.client.jam;

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
import dev.cantora.client.socket.TypedSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;

/**
 * A connection for jams. {@link #ask} sends a message and waits for the kind of answer it has; one question is open at a
 * time, since the protocol does not number its answers.
 */
public final class JamConnection implements AutoCloseable {
  private final JamListener listener;
  private TypedSocket<JamClientMessage, JamServerMessage> socket;
  private Question<?> open;
  private boolean closed;
  private String participantId;

  private JamConnection(JamListener listener) {
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
    JamConnection connection = new JamConnection(listener);
    connection.socket = TypedSocket.open(http, uri, JamServerMessage.class, connection.new Events());
    JamHello hello = JamHello.builder().protocolVersion(1).displayName(displayName).build();
    connection.participantId = connection.ask(hello, JamHelloAck.class).participantId();
    return connection;
  }

  /** This client's id in every session of this connection. */
  public String participantId() {
    return participantId;
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
      if (closed) {
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
    socket.close();
  }

  private synchronized Question<?> openQuestion() {
    return open;
  }

  private final class Events implements TypedSocket.Listener<JamServerMessage> {

    @Override
    public void onMessage(JamServerMessage message) {
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
      synchronized (JamConnection.this) {
        closed = true;
      }
      Question<?> question = openQuestion();
      if (question != null) {
        question.future().completeExceptionally(new ConnectionException("closed with " + code + " " + reason, null));
      }
      listener.onClosed(code, reason);
    }
  }
}
