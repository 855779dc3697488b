package dev.cantora.bench.voice;

import dev.cantora.bench.ServiceClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has a daemon sing one note, the way any client would. */
final class HttpSinger {

  private static final Pattern AUDIO = Pattern.compile("\"audioUrl\":\"([^\"]+)\"");
  private static final String ORDER = """
      {"score":{"bpm":120,"lyrics":{"text":"%s","language":"en"},"notes":[{"id":"n","startSec":0.1,"durationSec":%s,\
      "midi":%d,"velocity":0.9%s}],"lanes":{"pitchBend":[{"tSec":0,"value":%s}]}},\
      "config":{"presetId":"%s","rngSeed":1,"maxPolyphony":1}}""";

  private final ServiceClient client;
  private final String preset;

  HttpSinger(ServiceClient client, String preset) {
    this.client = client;
    this.preset = preset;
  }

  /** Sings words with the vibrato of the voice, as the test's own script asks for them. */
  void word(String word, double midi, double seconds, Path wav) throws IOException, InterruptedException {
    sing(word, midi, seconds, "", wav);
  }

  /** Sings one vowel without vibrato and breath. @param phone ARPAbet */
  void vowel(String phone, double midi, double seconds, Path wav) throws IOException, InterruptedException {
    sing("[" + phone.toLowerCase(Locale.ROOT) + "1]", midi, seconds,
        ",\"breathiness\":0,\"vibrato\":{\"rateHz\":0,\"depthCents\":0,\"onsetSec\":0}", wav);
  }

  private void sing(String text, double midi, double seconds, String how, Path wav) throws IOException, InterruptedException {
    long note = Math.round(midi);
    String order = ORDER.formatted(text, seconds, note, how, 100 * (midi - note), preset);
    String answer = new String(client.post("/api/v1/render", order.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    Matcher audio = AUDIO.matcher(answer);
    if (!audio.find()) {
      throw new IOException("no audioUrl in " + answer);
    }
    Files.write(wav, client.get(audio.group(1)));
  }
}
