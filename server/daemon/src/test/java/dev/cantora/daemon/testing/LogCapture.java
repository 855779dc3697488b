package dev.cantora.daemon.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.telemetry.PinoEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** Collects the log lines of this JVM as operators would see them, already parsed. */
public final class LogCapture implements AutoCloseable {
  private final PinoEncoder encoder = new PinoEncoder();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
    @Override
    protected void append(ILoggingEvent event) {
      lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
      synchronized (lines) {
        lines.notifyAll();
      }
    }
  };

  public LogCapture() {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
  }

  /** Lines as written, each with its line feed. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Events of this name so far. */
  public List<JsonNode> events(String msg) {
    return lines.stream().map(Json::parse).filter(event -> event.path("msg").asText().equals(msg)).toList();
  }

  /** The first event that fits, waiting for it. */
  public JsonNode await(String msg, Predicate<JsonNode> condition) {
    long endNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    synchronized (lines) {
      while (true) {
        for (JsonNode event : events(msg)) {
          if (condition.test(event)) {
            return event;
          }
        }
        long leftMs = (endNs - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
          throw new AssertionError("no log event " + msg + " that fits among " + events(msg));
        }
        try {
          lines.wait(leftMs);
        } catch (InterruptedException interrupted) {
          throw new AssertionError(interrupted);
        }
      }
    }
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }
}
