package dev.cantora.daemon.live;

import dev.cantora.api.live.LiveClientMessage;
import dev.cantora.daemon.json.SocketMessages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.live.NoteAck;
import dev.cantora.api.live.Pong;
import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.audio.Urgency;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.testing.LogCapture;
import dev.cantora.daemon.testing.TestVoices;
import dev.cantora.engine.Engine;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.voice.VoiceLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Any message whatever is answered or ignored, never fatal, and the audio goes on. With the real engine. */
@Timeout(120)
class LiveFuzzTest {

  private static final int MESSAGES = 100_000;

  private static final List<String> SEEDS = List.of(
      "{\"type\":\"transport\",\"command\":\"play\"}",
      "{\"type\":\"transport\",\"command\":\"stop\"}",
      "{\"type\":\"transport\",\"command\":\"panic\",\"bpm\":120}",
      "{\"type\":\"note_on\",\"noteId\":\"k1\",\"midi\":60,\"velocity\":0.8,\"timbre\":\"AH\",\"breathiness\":0.5,"
          + "\"vibrato\":{\"rateHz\":5,\"depthCents\":30,\"onsetSec\":0.2},\"portamentoMs\":40}",
      "{\"type\":\"note_on\",\"noteId\":\"k2\",\"midi\":127,\"velocity\":1,\"lyric\":\"strengths\",\"atSample\":99999}",
      "{\"type\":\"note_on\",\"noteId\":\"k3\",\"midi\":0,\"velocity\":0,\"phonemes\":[\"S\",\"T\",\"R\",\"IY\",\"T\"],\"clientTimeMs\":10.5}",
      "{\"type\":\"note_off\",\"noteId\":\"k1\",\"releaseMs\":250}",
      "{\"type\":\"note_off\",\"noteId\":\"k2\",\"atSample\":0}",
      "{\"type\":\"param_update\",\"maxPolyphony\":8,\"rngSeed\":5,\"defaultTimbre\":\"EE\",\"limiter\":true}",
      "{\"type\":\"param_update\",\"presetId\":\"second-voice\"}",
      "{\"type\":\"param_update\",\"presetId\":\"default-voice\",\"blockSize\":256}",
      "{\"type\":\"timbre_morph\",\"weights\":{\"AH\":0.5,\"OO\":0.5},\"clientTimeMs\":22}",
      "{\"type\":\"control\",\"controller\":\"bend\",\"value\":-300}",
      "{\"type\":\"control\",\"controller\":\"sustain\",\"value\":1}",
      "{\"type\":\"queue_lyrics\",\"text\":\"amazing grace how sweet - the sound\",\"append\":true}",
      "{\"type\":\"record_start\"}",
      "{\"type\":\"record_stop\",\"name\":\"take\"}",
      "{\"type\":\"record_retry\"}",
      "{\"type\":\"record_discard\"}",
      "{\"type\":\"latency_report\",\"rttMs\":12,\"bufferMs\":60,\"outputMs\":10,\"underruns\":0}",
      "{\"type\":\"ping\",\"clientTimestamp\":1234}");

  private static final List<String> VALUES = List.of("null", "-1", "0", "1e308", "-1e-300", "9007199254740993",
      "99999999999999999999999", "0.5", "\"\"", "\"\\u0000\"", "\"\\ud834\\udd1e\"", "[]", "{}", "true", "[[[[[[1]]]]]]",
      "\"__proto__\"", "\"../../etc/passwd\"", "\"AH\"", "2400");

  @TempDir
  Path presets;

  private final Random random = new Random(20261124);

  @Test
  void aHundredThousandMessagesEndNothing() {
    TestVoices.write(presets, "default-voice");
    TestVoices.write(presets, "second-voice");
    FakeOutput output = new FakeOutput();
    MemoryStore store = new MemoryStore();
    try (LogCapture log = new LogCapture(); Engine engine = Engine.create(1); AudioClock clock = new AudioClock(1, Urgency.NONE)) {
      VoiceLoader loader = new VoiceLoader(presets, warning -> { });
      var voices = Map.of("default-voice", loader.load("default-voice"), "second-voice", loader.load("second-voice"));
      Instrument.Library library = EngineInstrument.library(engine, id -> {
        var voice = voices.get(id);
        return voice != null ? voice : loader.load(id);
      });
      AudioClock.Seat[] seat = new AudioClock.Seat[1];
      LiveSession session = new LiveSession("fuzz", "ann", output, new SessionDoor() {
        @Override
        public void wake() {
          if (seat[0] != null) {
            seat[0].wake();
          }
        }

        @Override
        public void leave() {
          seat[0].leave();
        }

        @Override
        public Instrument load(String presetId) {
          return library.load(presetId);
        }
      }, store, SessionDriver.METRICS);
      seat[0] = clock.join(session);
      LiveConnection connection = new LiveConnection(session, output, new SocketMessages<>(LiveClientMessage.class, Schemas.load("asyncapi.json", Map.of())),
          library, new LiveWords(new Phonemizer(), language -> Map.of()), SessionDriver.METRICS, clock.epochNs(), seat[0].scratch(), () -> { });
      connection.accept("{\"type\":\"hello\",\"protocolVersion\":1}", System.nanoTime());
      for (int i = 0; i < MESSAGES; i++) {
        connection.accept(message(i), System.nanoTime());
        if (i % 500 == 0) {
          // keeps the mailbox short without giving up speed, as the rate limit does on a socket
          awaitPong(connection, output, i + 0.25);
          output.messages.clear();
          output.takeAll();
          store.stored.clear();
        }
      }
      connection.accept("{\"type\":\"transport\",\"command\":\"panic\"}", System.nanoTime());
      connection.accept("{\"type\":\"param_update\",\"maxPolyphony\":4}", System.nanoTime());
      connection.accept("{\"type\":\"note_on\",\"noteId\":\"last\",\"midi\":60,\"velocity\":1}", System.nanoTime());
      await(() -> output.of(NoteAck.class).stream().anyMatch(ack -> ack.noteId().equals("last")));
      output.takeAll();
      long frames = output.framesTaken();
      await(() -> {
        output.takeAll();
        return output.framesTaken() > frames + 20;
      });
      assertThat(output.closeCode).isZero();
      assertThat(log.events("live_session_failed")).isEmpty();
      assertThat(log.events("audio_task_failed")).isEmpty();
      connection.closed(1000, "");
      await(() -> session.ended().isDone());
    }
  }

  private static void awaitPong(LiveConnection connection, FakeOutput output, double stamp) {
    // words are answered by the session itself, so its mailbox is empty up to here when they are
    connection.accept("{\"type\":\"queue_lyrics\",\"text\":\"\"}", System.nanoTime());
    connection.accept("{\"type\":\"ping\",\"clientTimestamp\":" + stamp + "}", System.nanoTime());
    await(() -> !output.of(dev.cantora.api.live.LyricsStatus.class).isEmpty()
        && output.of(Pong.class).stream().anyMatch(pong -> pong.clientTimestamp() == stamp));
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long endNs = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        throw new AssertionError("the session no longer answers");
      }
      LockSupport.parkNanos(200_000);
    }
  }

  private String message(int i) {
    String seed = SEEDS.get(random.nextInt(SEEDS.size()));
    return switch (i % 5) {
      case 0 -> seed;
      case 1 -> withAnotherValue(seed);
      case 2 -> withBrokenCharacters(seed);
      case 3 -> seed.substring(0, random.nextInt(seed.length() + 1));
      default -> noise();
    };
  }

  private String withAnotherValue(String seed) {
    int colons = (int) seed.chars().filter(c -> c == ':').count();
    int which = random.nextInt(colons);
    int at = -1;
    for (int k = 0; k <= which; k++) {
      at = seed.indexOf(':', at + 1);
    }
    int end = at + 1;
    while (end < seed.length() && seed.charAt(end) != ',' && seed.charAt(end) != '}') {
      end++;
    }
    return seed.substring(0, at + 1) + VALUES.get(random.nextInt(VALUES.size())) + seed.substring(end);
  }

  private String withBrokenCharacters(String seed) {
    StringBuilder text = new StringBuilder(seed);
    for (int k = 1 + random.nextInt(4); k > 0; k--) {
      text.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(8) == 0 ? random.nextInt(0xD800) : 32 + random.nextInt(95)));
    }
    return text.toString();
  }

  private String noise() {
    StringBuilder text = new StringBuilder();
    for (int k = random.nextInt(60); k > 0; k--) {
      text.append((char) random.nextInt(k % 3 == 0 ? 0xD800 : 128));
    }
    return text.toString();
  }
}
