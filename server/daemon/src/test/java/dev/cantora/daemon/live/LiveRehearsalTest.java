package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.live.LiveClientMessage;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.json.SocketMessages;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.daemon.testing.LogCapture;
import dev.cantora.engine.lyrics.Phonemizer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a daemon plays to nobody before the first player comes. */
@Timeout(60)
class LiveRehearsalTest {

  private static final SocketMessages<LiveClientMessage> MESSAGES =
      new SocketMessages<>(LiveClientMessage.class, Schemas.load("asyncapi.json", Map.of()));
  private static final LiveWords WORDS = new LiveWords(new Phonemizer(), language -> Map.of());

  @Test
  void itSingsToItsEndWithoutAFault() {
    AtomicInteger voices = new AtomicInteger();
    try (LogCapture log = new LogCapture()) {
      new LiveRehearsal(MESSAGES, presetId -> {
        voices.incrementAndGet();
        return ToneInstrument.LIBRARY.load(presetId);
      }, WORDS, new LiveMetrics(new Metrics())).play();
      assertThat(log.events("live_session_failed")).isEmpty();
      assertThat(log.events("live_init_failed")).isEmpty();
    }
    assertThat(voices.get()).as("asked for beforehand, then by the hello").isEqualTo(2);
  }

  @Test
  void withoutTheDefaultVoiceThereIsNone() {
    try (LogCapture log = new LogCapture()) {
      new LiveRehearsal(MESSAGES, presetId -> {
        throw new ApiException(dev.cantora.api.ErrorCode.PRESET_NOT_FOUND);
      }, WORDS, new LiveMetrics(new Metrics())).play();
      assertThat(log.events("live_init_failed")).isEmpty();
    }
  }
}
