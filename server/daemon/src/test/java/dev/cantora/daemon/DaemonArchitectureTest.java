package dev.cantora.daemon;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cantora.daemon.cluster.ClusterNode;
import dev.cantora.daemon.http.Capability;
import dev.cantora.engine.audio.AudioFormat;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of the house: one way, no circles, handlers without signal processing. */
class DaemonArchitectureTest {
  private static final String[] CAPABILITIES = {"dev.cantora.daemon.render..", "dev.cantora.daemon.bank..",
      "dev.cantora.daemon.presets..", "dev.cantora.daemon.lyrics..", "dev.cantora.daemon.live..", "dev.cantora.daemon.jam..",
      "dev.cantora.daemon.operations.."};
  private static JavaClasses daemon;

  @BeforeAll
  static void read() {
    daemon = new ClassFileImporter().importPath(Path.of("target/classes"));
  }

  @Test
  void packagesHaveNoCircles() {
    slices().matching("dev.cantora.daemon.(*)..").should().beFreeOfCycles().check(daemon);
  }

  @Test
  void nobodyDependsOnTheCompositionRoot() {
    noClasses().that().resideOutsideOfPackage("dev.cantora.daemon").should().dependOnClassesThat()
        .resideInAPackage("dev.cantora.daemon").check(daemon);
  }

  @Test
  void handlersKnowNoSignalProcessing() {
    noClasses().that().areAssignableTo(Capability.class).should().dependOnClassesThat(
        resideInAnyPackage("dev.cantora.engine.synthesis..", "dev.cantora.engine.performance..", "dev.cantora.engine.audio..",
            "dev.cantora.daemon.audio..", "jdk.incubator.vector..").and(not(belongToAnyOf(AudioFormat.class))))
        .because("the names of audio formats are words of the wire, what is behind them is not the handlers' business")
        .check(daemon);
  }

  @Test
  void theBaseKnowsNoCapability() {
    noClasses().that().resideInAnyPackage("dev.cantora.daemon.http..", "dev.cantora.daemon.socket..", "dev.cantora.daemon.json..",
        "dev.cantora.daemon.errors..", "dev.cantora.daemon.security..", "dev.cantora.daemon.config..",
        "dev.cantora.daemon.telemetry..", "dev.cantora.daemon.lifecycle..", "dev.cantora.daemon.audio..")
        .should().dependOnClassesThat().resideInAnyPackage(CAPABILITIES).check(daemon);
    noClasses().that().resideInAPackage("dev.cantora.daemon.telemetry..").should().dependOnClassesThat()
        .resideInAnyPackage("dev.cantora.daemon.http..", "dev.cantora.daemon.security..").check(daemon);
  }

  @Test
  void theBankKnowsNoHttpAndTheAudioClockNoFiles() {
    noClasses().that().resideInAPackage("dev.cantora.daemon.bank..").should().dependOnClassesThat()
        .resideInAnyPackage("io.helidon..", "dev.cantora.daemon.http..", "dev.cantora.engine.synthesis..").check(daemon);
    noClasses().that().resideInAPackage("dev.cantora.daemon.audio..").should().dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "io.helidon..").check(daemon);
  }

  @Test
  void onlyTheMetricsPackageKnowsPrometheusAndOnlyItKnowsOpenTelemetry() {
    classes().that().resideInAnyPackage("dev.cantora.daemon..").and().resideOutsideOfPackage("dev.cantora.daemon.telemetry..")
        .should().onlyDependOnClassesThat().resideOutsideOfPackages("io.prometheus..", "io.opentelemetry..").check(daemon);
  }

  @Test
  void onlyTheClusterKnowsNatsAndOnlyTheCompositionRootKnowsTheClustersOneDoor() {
    noClasses().that().resideOutsideOfPackage("dev.cantora.daemon.cluster..").should().dependOnClassesThat()
        .resideInAPackage("io.nats..").check(daemon);
    noClasses().that().resideOutsideOfPackage("dev.cantora.daemon.cluster..").should().dependOnClassesThat(
        resideInAnyPackage("dev.cantora.daemon.cluster..").and(not(belongToAnyOf(ClusterNode.class)))).check(daemon);
    noClasses().that().resideOutsideOfPackages("dev.cantora.daemon", "dev.cantora.daemon.cluster..").should()
        .dependOnClassesThat().resideInAPackage("dev.cantora.daemon.cluster..").check(daemon);
  }

  /** A wall clock that jumps disturbs neither audio nor limits nor deadlines: what measures spans never asks it. */
  @Test
  void spansAreMeasuredOnTheMonotonicClock() {
    noClasses().that().resideInAPackage("dev.cantora.daemon.audio..").or().haveSimpleNameStartingWith("RateLimiter")
        .or().haveSimpleNameStartingWith("FailureBrake").or().haveSimpleNameStartingWith("ConnectionWatch")
        .or().haveSimpleNameStartingWith("Heartbeat").or().haveSimpleNameStartingWith("MessageRate")
        .or().haveSimpleNameStartingWith("Outbox").or().haveSimpleNameStartingWith("Lifecycle")
        .or().haveSimpleNameStartingWith("Sampled")
        .should().callMethod(System.class, "currentTimeMillis")
        .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Instant")
        .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.InstantSource")
        .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock").check(daemon);
  }
}
