package dev.cantora.daemon.render;

import java.util.Locale;

/** Bodies for render requests. */
final class Scores {
  private Scores() {}

  /** Notes of a third of a second each, one after the other. */
  static String notes(int count) {
    StringBuilder notes = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      notes.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT,
          "{\"id\":\"n%d\",\"startSec\":%.3f,\"durationSec\":0.3,\"midi\":%d}", i, i / 3.0, 60 + i % 12));
    }
    return notes.append("]").toString();
  }

  static String score(String notes) {
    return "{\"bpm\":120,\"notes\":" + notes + "}";
  }

  static String body(String score) {
    return body(score, "{}");
  }

  static String body(String score, String config) {
    return "{\"score\":" + score + ",\"config\":" + config + "}";
  }

  /** A body of one second. */
  static String small() {
    return body(score(notes(3)));
  }

  /** As many seconds of chords as the default duration allows: busy for long enough to be met while running. */
  static String long_() {
    StringBuilder notes = new StringBuilder("[");
    for (int voice = 0; voice < 64; voice++) {
      notes.append(voice == 0 ? "" : ",").append("{\"id\":\"v").append(voice).append("\",\"startSec\":0,\"durationSec\":299,\"midi\":")
          .append(30 + voice).append("}");
    }
    return body(score(notes.append("]").toString()), "{\"maxPolyphony\":64}");
  }
}
