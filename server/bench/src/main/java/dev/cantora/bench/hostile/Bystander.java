package dev.cantora.bench.hostile;

import dev.cantora.fuzz.RawPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Somebody who plays a held note on {@code /ws} all the while, and counts the blocks that are missing. */
final class Bystander implements AutoCloseable {
  private static final long PATIENCE_NS = 60_000_000_000L;
  private static final int RATE_AT = 8;
  private static final int BLOCK_SIZE_AT = 12;

  /** @param blocks received @param missing gaps in their numbers @param lateMs most that one came after its due time */
  record Heard(long blocks, long missing, double lateMs, List<String> troubles) {}

  private final RawPeer peer;
  private final Thread ear;
  private final List<String> troubles = new ArrayList<>();
  private boolean leaving;
  private long first = -1;
  private long next;
  private long blocks;
  private long missing;
  private long earliestNs;
  private long latestNs;

  private Bystander(RawPeer peer) {
    this.peer = peer;
    this.ear = Thread.ofPlatform().name("bystander").start(this::listen);
  }

  /** Returns when the first block was heard. */
  static Bystander join(int port) throws IOException, InterruptedException {
    RawPeer peer = RawPeer.connected(port, "/ws");
    Bystander bystander = new Bystander(peer);
    peer.text("{\"type\":\"hello\",\"protocolVersion\":1,\"clientName\":\"bystander\"}");
    peer.text("{\"type\":\"note_on\",\"noteId\":\"held\",\"midi\":57,\"velocity\":0.6}");
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (bystander.heard().blocks() == 0) {
      if (System.nanoTime() > endNs) {
        throw new IOException("no audio: " + bystander.heard().troubles());
      }
      Thread.sleep(10);
    }
    return bystander;
  }

  private void listen() {
    try {
      for (RawPeer.Frame frame = peer.next(); frame != null; frame = peer.next()) {
        switch (frame.opCode()) {
          case 2 -> block(ByteBuffer.wrap(frame.payload()).order(ByteOrder.LITTLE_ENDIAN), System.nanoTime());
          case 8 -> trouble("closed with " + frame.closeCode());
          default -> {
            if (frame.text().contains("\"type\":\"error\"")) {
              trouble(frame.text());
            }
          }
        }
      }
      trouble("the daemon ended the connection");
    } catch (IOException gone) {
      trouble(gone.toString());
    }
  }

  private synchronized void trouble(String what) {
    if (!leaving) {
      troubles.add(what);
    }
  }

  private synchronized void block(ByteBuffer frame, long nowNs) {
    long seq = frame.getInt(0) & 0xFFFFFFFFL;
    long blockNs = 1_000_000_000L * frame.getInt(BLOCK_SIZE_AT) / frame.getInt(RATE_AT);
    if (first < 0) {
      first = seq;
      next = seq;
    }
    // the moment that block 0 would have come at, had it been as timely as this one
    long zeroNs = nowNs - (seq - first) * blockNs;
    earliestNs = blocks == 0 ? zeroNs : Math.min(earliestNs, zeroNs);
    latestNs = blocks == 0 ? zeroNs : Math.max(latestNs, zeroNs);
    missing += seq - next;
    next = seq + 1;
    blocks++;
  }

  synchronized Heard heard() {
    return new Heard(blocks, missing, (latestNs - earliestNs) / 1e6, List.copyOf(troubles));
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      leaving = true;
    }
    peer.close();
    try {
      ear.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
