package dev.cantora.daemon.config;

import java.util.List;

/** The environment holds values the daemon cannot start with; every one of them is named, not only the first. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence per bad variable, each starting with its name. Values of secrets are never in it. */
  public List<String> problems() {
    return problems;
  }
}
