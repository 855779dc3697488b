package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.Participant;
import dev.cantora.api.jam.Role;
import dev.cantora.daemon.audio.FrameEncoder;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.socket.FrameQueue;

/**
 * Somebody in a session. Identity and name never change; the connection may drop and come back. What the session changes
 * belongs to its audio thread.
 */
public final class Member {

  private final String participantId;
  private final String displayName;
  private final Principal principal;
  private final long joinedAtMs = System.currentTimeMillis();
  private final boolean spectator;
  private JamOutput output;
  private FrameFormat format;
  private int channels;
  private FrameEncoder encoder;
  private FrameQueue queue;
  private boolean hearsMetronome = true;
  private Double latencyMs;

  /** @param principal who owns what this member exports */
  public Member(String participantId, String displayName, Principal principal, boolean spectator) {
    this.participantId = participantId;
    this.displayName = displayName;
    this.principal = principal;
    this.spectator = spectator;
  }

  public String participantId() {
    return participantId;
  }

  String displayName() {
    return displayName;
  }

  public Principal principal() {
    return principal;
  }

  public boolean spectator() {
    return spectator;
  }

  /** Null while the connection is down. */
  JamOutput output() {
    return output;
  }

  int channels() {
    return channels;
  }

  boolean hearsMetronome() {
    return hearsMetronome;
  }

  void hearsMetronome(boolean hears) {
    hearsMetronome = hears;
  }

  void latencyMs(double rttMs) {
    latencyMs = rttMs;
  }

  void connect(JamOutput to, FrameFormat frameFormat, int frameChannels, int sampleRateHz, int blockSize) {
    output = to;
    format = frameFormat;
    channels = frameChannels;
    encoder = FrameEncoder.of(format, channels, sampleRateHz, blockSize);
    renewQueue();
  }

  /** Starts a new stream: what an earlier one left waiting is dropped. */
  void renewQueue() {
    if (output != null) {
      queue = encoder.newQueue();
      output.frames(queue);
    }
  }

  void disconnect() {
    output = null;
  }

  /** Sends a block, or skips it when this member lags. */
  void frame(float[] interleaved, long sequence) {
    FrameQueue.Frame frame = queue.claim();
    if (frame != null) {
      encoder.encode(interleaved, sequence, frame);
      queue.publish(frame);
      output.frameReady();
    }
  }

  Participant describe(boolean host) {
    Role role = spectator ? Role.SPECTATOR : host ? Role.HOST : Role.GUEST;
    return Participant.builder().participantId(participantId).displayName(displayName).joinedAt(joinedAtMs).role(role)
        .connected(output != null).latencyMs(latencyMs).build();
  }
}
