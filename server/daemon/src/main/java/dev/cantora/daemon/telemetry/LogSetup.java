package dev.cantora.daemon.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Sets up logging without configuration files: JSON lines on standard output. Found by Logback through its service
 * loader, so tests log the same way.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  /** Marks an error line as fatal (Pino's level 60), which SLF4J has no level for. */
  public static final Marker FATAL = MarkerFactory.getMarker("FATAL");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PinoEncoder encoder = new PinoEncoder();
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(console);
    // Helidon greets and says goodbye at INFO; the daemon has its own events for that
    context.getLogger("io.helidon").setLevel(Level.WARN);
    // it warns of every keyword of an API document that is no JSON Schema
    context.getLogger("com.networknt").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** @param pinoLevel trace, debug, info, warn, error, fatal or silent */
  public static void level(String pinoLevel) {
    Level level = switch (pinoLevel) {
      case "trace" -> Level.TRACE;
      case "debug" -> Level.DEBUG;
      case "warn" -> Level.WARN;
      case "error", "fatal" -> Level.ERROR;
      case "silent" -> Level.OFF;
      default -> Level.INFO;
    };
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(level);
  }
}
