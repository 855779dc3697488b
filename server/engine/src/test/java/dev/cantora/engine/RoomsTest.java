package dev.cantora.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class RoomsTest {

  private static final JavaClasses ENGINE =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.cantora.engine");

  @Test
  void theEngineKnowsNoServer() {
    noClasses().should().dependOnClassesThat().resideInAnyPackage("io.helidon..", "java.net.http..", "dev.cantora.daemon..",
        "dev.cantora.api..", "jakarta..").check(ENGINE);
  }

  @Test
  void onlyOnePackageKnowsTheVectorApi() {
    noClasses().that().resideOutsideOfPackage("dev.cantora.engine.synthesis.vectorization..")
        .should().dependOnClassesThat().resideInAPackage("jdk.incubator.vector..").check(ENGINE);
  }

  @Test
  void dataFlowsOneWay() {
    noClasses().that().resideInAnyPackage("..engine.score..", "..engine.numeric..", "..engine.voice..", "..engine.lyrics..")
        .should().dependOnClassesThat().resideInAnyPackage("..engine.synthesis..", "..engine.rendering..", "..engine.live..")
        .check(ENGINE);
    noClasses().that().resideInAPackage("..engine.synthesis..")
        .should().dependOnClassesThat().resideInAnyPackage("..engine.rendering..", "..engine.live..").check(ENGINE);
  }
}
