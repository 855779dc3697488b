package dev.cantora.daemon.config;

/** Says what a daemon with this environment would say of it, without starting one: a line for each bad variable, then exit code 2. */
public final class ConfigCheck {
  private ConfigCheck() {}

  public static void main(String[] args) {
    try {
      DaemonConfig.from(System.getenv());
    } catch (ConfigException unusable) {
      unusable.problems().forEach(System.out::println);
      System.exit(2);
    }
  }
}
