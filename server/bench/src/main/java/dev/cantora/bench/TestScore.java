package dev.cantora.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Orders for {@code POST /api/v1/render}: parts in harmony, half-second notes, a word to each of them when sung. */
public final class TestScore {

  private static final String[] WORDS = {"la", "see", "to", "me", "my", "way", "so", "far"};
  private static final double NOTE_SEC = 0.5;

  private TestScore() {}

  /** @param voices parts that sound at once @param sung whether notes have lyrics */
  public static byte[] order(double seconds, int voices, boolean sung) {
    return order(seconds, voices, sung, "\"channels\":1");
  }

  /** @param config further members of the configuration, as JSON */
  public static byte[] order(double seconds, int voices, boolean sung, String config) {
    StringBuilder json = new StringBuilder("{\"score\":{\"bpm\":120,\"notes\":[");
    int notes = (int) (seconds / NOTE_SEC);
    for (int i = 0; i < notes; i++) {
      for (int voice = 0; voice < voices; voice++) {
        json.append(i + voice == 0 ? "" : ",").append(String.format(Locale.ROOT,
            "{\"id\":\"%d-%d\",\"startSec\":%.3f,\"durationSec\":%.3f,\"midi\":%d,\"velocity\":0.8%s%s}", voice, i, i * NOTE_SEC,
            NOTE_SEC, 48 + 5 * (voice % 5) + (i * 7 + voice) % 5,
            sung ? ",\"lyric\":\"" + WORDS[(i + voice) % WORDS.length] + "\"" : "",
            i % 2 == 0 ? ",\"vibrato\":{\"rateHz\":5.5,\"depthCents\":30,\"onsetSec\":0.1}" : ""));
      }
    }
    return json.append("]},\"config\":{\"presetId\":\"default-voice\",\"maxPolyphony\":").append(voices).append(',')
        .append(config).append("}}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
