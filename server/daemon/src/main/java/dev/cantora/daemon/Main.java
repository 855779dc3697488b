package dev.cantora.daemon;

import dev.cantora.daemon.config.ConfigException;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.telemetry.LogSetup;
import dev.cantora.engine.lyrics.Phonemizer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Entry point. Exit codes: 0 clean, 1 failed or late, 2 the configuration cannot be used. */
public final class Main {
  private static final Duration SHUTDOWN_DEADLINE = Duration.ofSeconds(30);
  /** For parts of the way down that do not look at the clock. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final String HANG_UP = "HUP";

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    // beside the log's set-up, which takes as long
    Future<Phonemizer> words = CantoraServer.ahead(Phonemizer::new);
    Logger log = LoggerFactory.getLogger(Main.class);
    CantoraServer server;
    try {
      DaemonConfig config = ConfigCheck.read(System.getenv());
      LogSetup.level(config.telemetry().logLevel());
      server = CantoraServer.start(config, words);
    } catch (ConfigException unusable) {
      unusable.problems().forEach(problem ->
          log.atError().addMarker(LogSetup.FATAL).addKeyValue("problem", problem).log("boot_config_error"));
      System.exit(2);
      return;
    } catch (RuntimeException failed) {
      log.atError().addMarker(LogSetup.FATAL).setCause(failed).log("boot_failed");
      System.exit(1);
      return;
    }
    exitOnSignals(server, log);
    Thread.currentThread().join();
  }

  /**
   * The first SIGTERM or SIGINT drains, a second one ends the process at once. A terminal that is closed drains, too: it sends
   * SIGHUP, often twice. Under nohup the JVM goes on ignoring that.
   */
  private static void exitOnSignals(CantoraServer server, Logger log) {
    AtomicBoolean draining = new AtomicBoolean();
    SignalHandler handler = signal -> {
      if (!draining.compareAndSet(false, true)) {
        if (signal.getName().equals(HANG_UP)) {
          return;
        }
        log.atWarn().addKeyValue("signal", signal.getName()).log("shutdown_forced");
        Runtime.getRuntime().halt(1);
      }
      log.atInfo().addKeyValue("signal", signal.getName()).log("shutdown_signal");
      Thread.ofPlatform().daemon().name("shutdown-watchdog").start(Main::endLate);
      Thread.ofPlatform().name("shutdown").start(() -> stop(server, log));
    };
    Signal.handle(new Signal("TERM"), handler);
    Signal.handle(new Signal("INT"), handler);
    if (!System.getProperty("os.name").startsWith("Windows")) {
      Signal.handle(new Signal(HANG_UP), handler);
    }
  }

  /** Ends the process whatever happens: classes that a way down needs can be gone when the jar was replaced meanwhile. */
  private static void stop(CantoraServer server, Logger log) {
    boolean clean = false;
    try {
      clean = server.stop(SHUTDOWN_DEADLINE);
      log.atInfo().addKeyValue("clean", clean).log("shutdown_complete");
    } finally {
      Runtime.getRuntime().halt(clean ? 0 : 1);
    }
  }

  private static void endLate() {
    LockSupport.parkNanos(SHUTDOWN_DEADLINE.plus(GRACE).toNanos());
    Runtime.getRuntime().halt(1);
  }
}
