package dev.cantora.daemon.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/**
 * One log event as one line of JSON with the fields of Pino: level (a number), time, pid, hostname, msg. Key-value pairs
 * of the event and the MDC become members. Values are escaped by the JSON writer, so nothing a client sends can start a
 * new line or a new member.
 *
 * <p>Written by hand because logstash-logback-encoder brings another 70 classes to start-up for the same line.
 */
public final class PinoEncoder extends EncoderBase<ILoggingEvent> {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter ISO_MS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int MAX_VALUE_CHARS = 4000;

  private final long pid = ProcessHandle.current().pid();
  private final String hostname = hostname();

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("level", pinoLevel(event));
      json.writeStringField("time", ISO_MS.format(Instant.ofEpochMilli(event.getTimeStamp())));
      json.writeNumberField("pid", pid);
      json.writeStringField("hostname", hostname);
      json.writeStringField("name", "cantora");
      members(event, json);
      json.writeStringField("msg", bounded(event.getFormattedMessage()));
      if (event.getThrowableProxy() != null) {
        error(event.getThrowableProxy(), json);
      }
      json.writeEndObject();
    } catch (IOException cannotHappen) {
      throw new UncheckedIOException(cannotHappen);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void members(ILoggingEvent event, JsonGenerator json) throws IOException {
    Set<String> taken = new HashSet<>(Set.of("level", "time", "pid", "hostname", "name", "msg", "err"));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        if (taken.add(pair.key)) {
          json.writeFieldName(pair.key);
          value(pair.value, json);
        }
      }
    }
    for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
      if (taken.add(entry.getKey())) {
        json.writeStringField(entry.getKey(), bounded(entry.getValue()));
      }
    }
  }

  private static void value(Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Boolean bool -> json.writeBoolean(bool);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number when Double.isFinite(number) -> json.writeNumber(number);
      // a collection, not any Iterable: a Path iterates over itself without end
      case java.util.Collection<?> items -> {
        json.writeStartArray();
        for (Object item : items) {
          value(item, json);
        }
        json.writeEndArray();
      }
      default -> json.writeString(bounded(value.toString()));
    }
  }

  private static void error(IThrowableProxy thrown, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("err");
    json.writeStringField("type", thrown.getClassName());
    json.writeStringField("message", bounded(String.valueOf(thrown.getMessage())));
    json.writeStringField("stack", bounded(ThrowableProxyUtil.asString(thrown)));
    json.writeEndObject();
  }

  private static int pinoLevel(ILoggingEvent event) {
    boolean fatal = event.getMarkerList() != null && event.getMarkerList().contains(LogSetup.FATAL);
    return fatal ? 60 : switch (event.getLevel().toInt()) {
      case Level.TRACE_INT -> 10;
      case Level.DEBUG_INT -> 20;
      case Level.WARN_INT -> 40;
      case Level.ERROR_INT -> 50;
      default -> 30;
    };
  }

  private static String bounded(String text) {
    // encoded to UTF-8 and back, because halves of surrogate pairs would break the line
    String whole = text.length() <= MAX_VALUE_CHARS ? text : text.substring(0, MAX_VALUE_CHARS) + "...";
    return new String(whole.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String hostname() {
    String fromEnvironment = System.getenv("HOSTNAME");
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return fromEnvironment;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }
}
