package dev.mneme.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.mneme.tensor.Engine;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md promises about modules and packages holds in the classes. */
final class ArchitectureTest {
  private static final String COMMAND = "dev.mneme.cli..";
  private static final String EXAMPLES = "dev.mneme.example..";
  private static final String PEERS = "dev.mneme.peers..";
  private static final String MAIN = "dev.mneme.cli.Main";

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPaths(Repository.inModules("target/classes"));

  @Test
  void modulesKnowOnlyThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.mneme..")
        .layer("tensor")
        .definedBy("dev.mneme.tensor..")
        .layer("memory")
        .definedBy("dev.mneme.memory..")
        .layer("learn")
        .definedBy("dev.mneme.learn..")
        .layer("edit")
        .definedBy("dev.mneme.edit..")
        .layer("lab")
        .definedBy("dev.mneme.lab..")
        .layer("peers")
        .definedBy(PEERS)
        .layer("cli")
        .definedBy(COMMAND)
        .optionalLayer("example") // empty where only the modules above it were built
        .definedBy(EXAMPLES)
        .whereLayer("tensor")
        .mayNotAccessAnyLayer()
        .whereLayer("memory")
        .mayOnlyAccessLayers("tensor")
        .whereLayer("learn")
        .mayOnlyAccessLayers("memory", "tensor")
        .whereLayer("edit")
        .mayOnlyAccessLayers("learn", "memory", "tensor")
        .whereLayer("lab")
        .mayOnlyAccessLayers("edit", "learn", "memory", "tensor")
        .whereLayer("peers")
        .mayOnlyAccessLayers("lab", "edit", "learn", "memory", "tensor")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("example")
        .mayNotBeAccessedByAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("dev.mneme.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** Pictures belong to the editor: whoever learns something else must not need them. */
  @Test
  void onlyTheEditorKnowsPictures() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.mneme.tensor..",
            "dev.mneme.memory..",
            "dev.mneme.learn..",
            "dev.mneme.example.minilm..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.imageio..", "dev.mneme.edit..")
        .check(CLASSES);
  }

  /** The launcher gives OpenCV to {@code mneme peers} alone. */
  @Test
  void onlyThePeersNeedOpenCv() {
    noClasses()
        .that()
        .resideOutsideOfPackage(PEERS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco.opencv..", "org.opencv..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(PEERS)
        .and()
        .doNotHaveFullyQualifiedName("dev.mneme.cli.PeersCommand")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PEERS)
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandEndsTheJvm() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(MAIN)
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(COMMAND)
        .should()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandAndExamplesPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages(COMMAND, EXAMPLES)
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void logsGoThroughSlf4j() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(CLASSES);
  }

  /** The engine starts once for the process, as libtorch does; nothing else is global. */
  @Test
  void nothingGlobalChanges() {
    fields()
        .that()
        .areStatic()
        .and()
        .areNotDeclaredIn(Engine.class)
        .should()
        .beFinal()
        .check(CLASSES);
  }

  /** The command's own fields are its options, which picocli fills. */
  @Test
  void noFieldIsWrittenFromOutside() {
    fields()
        .that()
        .areNotPrivate()
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage(COMMAND)
        .should()
        .beFinal()
        .check(CLASSES);
  }
}
