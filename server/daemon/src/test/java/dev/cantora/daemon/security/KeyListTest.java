package dev.cantora.daemon.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.daemon.config.ConfigException;
import dev.cantora.daemon.config.DaemonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of keys, in the variable and in the file: which are understood, and which stop the start. */
class KeyListTest {

  @TempDir
  Path folder;

  private Authenticator inFile(String list) throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), list);
    return new Authenticator(new DaemonConfig.Auth(file, null, null));
  }

  private static Authenticator inVariable(String list) {
    return new Authenticator(new DaemonConfig.Auth(null, list, null));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
      "[{\"id\":\"ann\",\"key\":\"k:1\",\"admin\":true,\"createdAt\":\"2026-01-01\"},{\"id\":\"bob\",\"key\":\"k2\"}] | true",
      "[{\"id\":\"ann\",\"key\":\"k:1\",\"admin\":false},{\"id\":\"bob\",\"key\":\"k2\"}]                             | false",
      "{\"ann\":\"k:1\",\"bob\":\"k2\"}                                                                              | false",
      "ann:k:1, bob:k2                                                                                               | false",
  })
  void everyFormIsUnderstoodInBothPlaces(String list, boolean admin) throws IOException {
    for (Authenticator keys : new Authenticator[] {inFile(list), inVariable(list)}) {
      assertThat(keys.authenticate("k:1")).contains(new Principal("ann", admin));
      assertThat(keys.authenticate("k2")).contains(new Principal("bob", false));
      assertThat(keys.authenticate("k")).isEmpty();
      assertThat(keys.authenticate("")).isEmpty();
    }
  }

  @Test
  void aCommaListMayHaveALineForEach() throws IOException {
    assertThat(inFile("ann:k1\r\n\nbob:k2\n").authenticate("k2")).contains(new Principal("bob", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "s3cret", ":s3cret", "ann:", "ann:s3cret,ann:s3cret2", "[", "{\"ann\":\"s3cret\"", "[\"s3cret\"]", "{\"ann\":{\"key\":\"s3cret\"}}",
      "[{\"id\":\"ann\"}]", "[{\"key\":\"s3cret\"}]", "[{\"id\":\"\",\"key\":\"s3cret\"}]", "[{\"id\":\"ann\",\"key\":\"\"}]",
      "[{\"id\":\"ann\",\"key\":\"s3cret\",\"admin\":\"true\"}]", "[{\"id\":\"ann\",\"key\":\"s3cret\"},{\"id\":\"ann\",\"key\":\"x\"}]",
  })
  void whatIsWrongStopsTheStartAndIsToldWithoutTheKey(String list) {
    assertThatThrownBy(() -> inVariable(list)).isInstanceOfSatisfying(ConfigException.class, refused ->
        assertThat(refused.problems()).singleElement().asString().startsWith("AUTH_KEYS ").endsWith(".").doesNotContain("s3cret"));
    assertThatThrownBy(() -> inFile(list)).isInstanceOfSatisfying(ConfigException.class, refused ->
        assertThat(refused.problems()).singleElement().asString().startsWith("AUTH_KEYS_FILE ").doesNotContain("s3cret"));
  }

  @Test
  void idsAreShort() {
    assertThat(inVariable("a".repeat(128) + ":k").authenticate("k")).isPresent();
    assertThatThrownBy(() -> inVariable("a".repeat(129) + ":k")).isInstanceOf(ConfigException.class);
  }

  @Test
  void aFileThatIsNotThereStopsTheStart() {
    assertThatThrownBy(() -> new Authenticator(new DaemonConfig.Auth(folder.resolve("nowhere"), "ann:k", "t")))
        .isInstanceOf(ConfigException.class).hasMessageStartingWith("AUTH_KEYS_FILE ").hasMessageNotContaining(folder.toString());
  }
}
