package dev.cantora.bench.live;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** Plays notes about twice a second, at moments that have nothing to do with blocks. */
final class Keyboard {

  private final Player player;
  private final Keys keys;
  private final int voices;
  private final Random random;
  private long nextNs = System.nanoTime();
  private int count;

  Keyboard(Player player, int blockSize, int voices, Histogram latencyUs, Random random) {
    this.player = player;
    this.keys = new Keys(blockSize, latencyUs);
    this.voices = voices;
    this.random = random;
    player.tally().listen(keys);
  }

  void playWhenDue(long nowNs) throws IOException {
    if (nowNs - nextNs < 0) {
      return;
    }
    nextNs = nowNs + 300_000_000L + random.nextLong(400_000_000L);
    String noteId = "n" + count;
    String message = String.format(Locale.ROOT, "{\"type\":\"note_on\",\"noteId\":\"%s\",\"midi\":%d,\"velocity\":0.7}", noteId,
        50 + random.nextInt(24));
    if (count >= voices) {
      player.send("{\"type\":\"note_off\",\"noteId\":\"n" + (count - voices) + "\"}");
    }
    count++;
    keys.sent(noteId, System.nanoTime());
    player.send(message);
  }
}
