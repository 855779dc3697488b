package dev.cantora.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The handbook's page of settings against the code: every variable, and every default that the page states. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../../docs/handbook/configuration.md");

  /** Default by variable as the page has it: the text between back-ticks, or empty where it says something else. */
  private static Map<String, String> documented() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|");
        String value = cells[2].strip();
        settings.put(cells[1].strip().replace("`", ""), value.matches("`[^`]*`") ? value.replace("`", "") : "");
      }
    }
    return settings;
  }

  @Test
  void thePageNamesExactlyTheVariablesThatAreRead() throws IOException {
    Set<String> read = new TreeSet<>();
    DaemonConfig.from(new HashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public String get(Object name) {
        read.add(name.toString());
        return null;
      }
    });
    assertThat(documented().keySet()).isEqualTo(read);
  }

  @Test
  void everyStatedDefaultIsWhatHoldsWithoutTheVariable() throws IOException {
    DaemonConfig defaults = DaemonConfig.from(Map.of());
    Map<String, String> settings = documented();
    assertThat(settings.values()).filteredOn(value -> !value.isEmpty()).hasSizeGreaterThan(20);
    settings.forEach((name, value) -> {
      if (!value.isEmpty()) {
        assertThat(DaemonConfig.from(Map.of(name, value))).as("%s=%s", name, value).isEqualTo(defaults);
      }
    });
  }

  @Test
  void everySettingWithANumberRefusesWords() throws IOException {
    documented().forEach((name, value) -> {
      if (value.matches("\\d+(mb)?")) {
        assertThatThrownBy(() -> DaemonConfig.from(Map.of(name, "many"))).as(name)
            .isInstanceOf(ConfigException.class).hasMessageStartingWith(name + " must be ");
      }
    });
  }
}
