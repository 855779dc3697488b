package dev.cantora.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every code of the catalogue has a test that provokes it over the wire, and the handbook lists them. */
class CatalogueProofTest {
  private static final Path PAGE = Path.of("../../docs/handbook/error-tests.md");

  @Test
  void everyCodeHasATestThatProvokesIt() {
    Set<ErrorCode> missing = EnumSet.allOf(ErrorCode.class);
    missing.removeAll(tests().keySet());
    missing.removeIf(ErrorProof::neverSent);
    assertThat(missing).as("codes without a test marked @Provokes").isEmpty();
  }

  /** Two codes of the reference implementation stay in the catalogue for its clients; that nothing sends them is looked up in the code. */
  @Test
  void codesWithoutATestAreNamedByNoCodeOfTheDaemon() {
    Set<ErrorCode> exempt = EnumSet.allOf(ErrorCode.class);
    exempt.removeIf(code -> !ErrorProof.neverSent(code));
    assertThat(exempt).containsExactlyInAnyOrder(ErrorCode.INVALID_COMMAND, ErrorCode.UNKNOWN_MESSAGE);
    assertThat(new ClassFileImporter().importPath(Path.of("target/classes")).stream()
        .flatMap(type -> type.getFieldAccessesFromSelf().stream())
        .filter(access -> access.getTargetOwner().isEquivalentTo(ErrorCode.class))
        .filter(access -> exempt.stream().anyMatch(code -> code.name().equals(access.getTarget().getName())))
        .map(access -> access.getDescription())).isEmpty();
  }

  /** A test that claims to provoke a code over HTTP holds the whole answer and its log line against the catalogue. */
  @Test
  void testsOfHttpCodesProveTheWholeEnvelope() {
    Map<ErrorCode, Set<String>> proven = new EnumMap<>(ErrorCode.class);
    tests(method -> provesEnvelopes(method, new HashSet<>())).forEach(proven::put);
    Set<ErrorCode> missing = EnumSet.allOf(ErrorCode.class);
    missing.removeIf(code -> code.httpStatus() == 0 || proven.containsKey(code));
    assertThat(missing).as("codes without a test that calls ErrorProof.check").isEmpty();
  }

  @Test
  void everyCodeOfJamsIsProvokedOverAJamSocket() {
    Map<ErrorCode, Set<String>> proven = tests(method -> method.getOwner().getPackageName().equals("dev.cantora.daemon.jam"));
    proven.putAll(tests(method -> method.getOwner().getSimpleName().equals("ClusterOutageTest")));
    assertThat(EnumSet.allOf(ErrorCode.class)).filteredOn(code -> code.scopes().contains(ErrorCode.Scope.JAM) && !ErrorProof.neverSent(code))
        .as("codes of jams without a test there").allMatch(proven::containsKey);
  }

  /** Itself, or what it calls within its class. */
  private static boolean provesEnvelopes(JavaMethod method, Set<JavaMethod> seen) {
    return seen.add(method) && method.getMethodCallsFromSelf().stream().anyMatch(call ->
        call.getTargetOwner().isEquivalentTo(ErrorProof.class) && call.getName().equals("check")
            || call.getTargetOwner().equals(method.getOwner())
                && call.getTarget().resolveMember().map(called -> provesEnvelopes(called, seen)).orElse(false));
  }

  /** The page may lag behind by tests that are new, but never names a code or a test that does not exist. */
  @Test
  void handbookNamesEveryCodeAndOnlyTestsThatExist() throws IOException {
    if (System.getenv("CANTORA_WRITE_PAGES") != null) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page());
    }
    Map<ErrorCode, Set<String>> tests = tests();
    Set<ErrorCode> listed = EnumSet.noneOf(ErrorCode.class);
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|");
        ErrorCode code = ErrorCode.valueOf(cells[1].strip().replace("`", ""));
        listed.add(code);
        Arrays.stream(cells[3].strip().split("<br>")).filter(name -> name.startsWith("`"))
            .forEach(name -> assertThat(tests.getOrDefault(code, Set.of())).contains(name));
      }
    }
    assertThat(listed).containsExactlyInAnyOrder(ErrorCode.values());
  }

  private static Map<ErrorCode, Set<String>> tests() {
    return tests(any -> true);
  }

  private static Map<ErrorCode, Set<String>> tests(Predicate<JavaMethod> wanted) {
    Map<ErrorCode, Set<String>> tests = new EnumMap<>(ErrorCode.class);
    new ClassFileImporter().importPath(Path.of("target/test-classes")).stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.isAnnotatedWith(Provokes.class))
        .filter(wanted)
        .forEach(method -> Arrays.stream(method.getAnnotationOfType(Provokes.class).value())
            .forEach(code -> tests.computeIfAbsent(code, any -> new TreeSet<>()).add(name(method))));
    return tests;
  }

  private static String name(JavaMethod method) {
    return "`" + method.getOwner().getSimpleName() + "." + method.getName() + "`";
  }

  private static String page() {
    Map<ErrorCode, Set<String>> tests = tests();
    String rows = Arrays.stream(ErrorCode.values()).map(code -> "| `" + code + "` | "
        + (code.httpStatus() == 0 ? "" : code.httpStatus()) + " | "
        + (tests.containsKey(code) ? String.join("<br>", tests.get(code))
            : ErrorProof.neverSent(code) ? "never sent; kept for old clients" : "awaited") + " |")
        .collect(Collectors.joining("\n"));
    return """
        # Error codes and the tests that provoke them

        Written by `CatalogueProofTest`, which fails when a code has no test or this page names one that is gone. Each test makes
        a running daemon answer with the code over HTTP or a socket. To write the page anew:
        `CANTORA_WRITE_PAGES=1 mvn -pl server/daemon -am test -Dtest=CatalogueProofTest
        -Dsurefire.failIfNoSpecifiedTests=false`.

        | Code | Status | Tests in `server/daemon` |
        | --- | --- | --- |
        %s
        """.formatted(rows);
  }
}
