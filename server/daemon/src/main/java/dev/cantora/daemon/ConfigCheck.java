package dev.cantora.daemon;

import dev.cantora.daemon.config.ConfigException;
import dev.cantora.daemon.config.DaemonConfig;
import dev.cantora.daemon.security.Authenticator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds everything that is wrong with an environment at once, also the keys it names. */
public final class ConfigCheck {
  private ConfigCheck() {}

  /** Says what a daemon with this environment would say of it, without starting one: a line for each problem, then exit code 2. */
  public static void main(String[] args) {
    try {
      read(System.getenv());
    } catch (ConfigException unusable) {
      unusable.problems().forEach(System.out::println);
      System.exit(2);
    }
  }

  /** @throws ConfigException naming every variable whose value, or the file it points at, cannot be used */
  static DaemonConfig read(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    DaemonConfig config = null;
    try {
      config = DaemonConfig.from(environment);
    } catch (ConfigException bad) {
      problems.addAll(bad.problems());
    }
    try {
      new Authenticator(DaemonConfig.Auth.from(environment));
    } catch (ConfigException bad) {
      problems.addAll(bad.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }
}
