package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.Participant;
import dev.cantora.api.jam.Role;
import dev.cantora.daemon.audio.FrameEncoder;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.security.Principal;
import dev.cantora.daemon.socket.AudioFrame;
import dev.cantora.daemon.socket.FramePool;
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
  private final String tokenHash;
  private JamOutput output;
  private FrameFormat format;
  private int channels;
  private FrameEncoder encoder;
  private FrameQueue queue;
  private boolean hearsMetronome = true;
  private boolean far;
  private PrivateMix privateMix;
  private Double latencyMs;
  private double steadyLatencyMs;

  /** @param principal who owns what this member exports @param tokenHash of the token that proves the identity later */
  public Member(String participantId, String displayName, Principal principal, boolean spectator, String tokenHash) {
    this.participantId = participantId;
    this.displayName = displayName;
    this.principal = principal;
    this.spectator = spectator;
    this.tokenHash = tokenHash;
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

  SessionState.Person person() {
    return new SessionState.Person(participantId, displayName, principal.id(), spectator, tokenHash);
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

  /** Whether this member plays one loop apart from the others. */
  boolean far() {
    return far;
  }

  /** @param frames of a block */
  void far(boolean now, int frames) {
    far = now;
    if (privateMix == null && now) {
      privateMix = new PrivateMix(frames, channels);
    }
    if (privateMix != null) {
      privateMix.wanted(now);
    }
  }

  /** Null when this member hears what all hear. */
  PrivateMix privateMix() {
    return privateMix != null && privateMix.heard() ? privateMix : null;
  }

  /** The round trip as last reported, held still while it changes by less than a step. */
  double steadyLatencyMs(double stepMs) {
    if (latencyMs != null && Math.abs(latencyMs - steadyLatencyMs) >= stepMs) {
      steadyLatencyMs = latencyMs;
    }
    return steadyLatencyMs;
  }

  void latencyMs(double rttMs) {
    latencyMs = rttMs;
  }

  void connect(JamOutput to, FrameFormat frameFormat, int frameChannels, int sampleRateHz, int blockSize) {
    output = to;
    format = frameFormat;
    channels = frameChannels;
    privateMix = far ? new PrivateMix(blockSize, channels) : null;
    if (far) {
      privateMix.wanted(true);
    }
    encoder = FrameEncoder.of(format, channels, sampleRateHz, blockSize);
    renewQueue();
  }

  /** Starts a new stream: what an earlier one left waiting is dropped. */
  void renewQueue() {
    if (output != null) {
      queue = encoder.newQueue(new FramePool());
      output.frames(queue);
    }
  }

  void disconnect() {
    output = null;
  }

  /** Sends a block, or skips it when this member lags. @return whether it was sent */
  boolean frame(float[] interleaved, long sequence) {
    AudioFrame frame = queue.claim();
    if (frame != null) {
      encoder.encode(interleaved, sequence, frame);
      queue.publish(frame);
      output.frameReady();
    }
    return frame != null;
  }

  Participant describe(boolean host) {
    Role role = spectator ? Role.SPECTATOR : host ? Role.HOST : Role.GUEST;
    return Participant.builder().participantId(participantId).displayName(displayName).joinedAt(joinedAtMs).role(role)
        .connected(output != null).latencyMs(latencyMs).interval(far).build();
  }
}
