package dev.cantora.daemon.cluster;

import java.util.Locale;

/** Bodies of render requests that differ by a seed. */
final class Bodies {
  private Bodies() {}

  /** Notes of a third of a second. */
  static String notes(int count, int seed) {
    StringBuilder notes = new StringBuilder();
    for (int i = 0; i < count; i++) {
      notes.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT,
          "{\"id\":\"n%d\",\"startSec\":%.3f,\"durationSec\":0.3,\"midi\":%d}", i, i / 3.0, 55 + (i * 7 + seed) % 24));
    }
    return "{\"score\":{\"bpm\":120,\"notes\":[" + notes + "]},\"config\":{\"rngSeed\":" + (seed + 1) + "}}";
  }

  /** Busy until it is cancelled. */
  static String endless(int seed) {
    StringBuilder notes = new StringBuilder();
    for (int voice = 0; voice < 64; voice++) {
      notes.append(voice == 0 ? "" : ",").append("{\"id\":\"v").append(voice)
          .append("\",\"startSec\":0,\"durationSec\":299,\"midi\":").append(30 + voice).append("}");
    }
    return "{\"score\":{\"bpm\":120,\"notes\":[" + notes + "]},\"config\":{\"maxPolyphony\":64,\"rngSeed\":" + (seed + 1) + "}}";
  }

  static String named(String body, String name) {
    return body.substring(0, body.length() - 1) + ",\"name\":\"" + name + "\"}";
  }
}
