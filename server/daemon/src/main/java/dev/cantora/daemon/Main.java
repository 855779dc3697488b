package dev.cantora.daemon;

import dev.cantora.daemon.config.ConfigException;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.telemetry.LogSetup;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point. Exit codes: 0 clean, 1 failed or late, 2 the configuration cannot be used. */
public final class Main {
  private static final Duration SHUTDOWN_DEADLINE = Duration.ofSeconds(30);

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Logger log = LoggerFactory.getLogger(Main.class);
    CantoraServer server;
    try {
      DaemonConfig config = DaemonConfig.from(System.getenv());
      LogSetup.level(config.telemetry().logLevel());
      server = CantoraServer.start(config);
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
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(SHUTDOWN_DEADLINE), "shutdown"));
    Thread.currentThread().join();
  }
}
