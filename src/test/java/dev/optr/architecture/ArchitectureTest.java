package dev.optr.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The import law of ARCHITECTURE.md. Every exception to a rule stands beside the rule, with its
 * reason.
 */
final class ArchitectureTest {
  /** Order is law: a package imports packages above it, never below. */
  private static final List<String> ORDER =
      List.of(
          "base",
          "process",
          "isolation",
          "git",
          "github",
          "actions",
          "ledger",
          "rules",
          "workflow",
          "intent",
          "agents",
          "datalake",
          "evidence",
          "selection",
          "record",
          "bundle",
          "execution",
          "report",
          "demo",
          "app");

  private static final List<String> TOOLS =
      List.of("process", "isolation", "git", "github", "actions", "ledger", "rules");

  /**
   * One library, one home. Jackson has three: base reads JSON, providers and github have wire
   * records.
   */
  private static final Map<String, List<String>> HOMES =
      Map.of(
          "org.eclipse.jgit..", List.of("git"),
          "org.kohsuke..", List.of("github"),
          "org.bouncycastle..", List.of("ledger"),
          "org.snakeyaml..", List.of("workflow"),
          "feign..", List.of("agents"),
          "com.google.re2j..", List.of("agents"),
          "dev.cel..", List.of("rules"),
          "com.google.common..", List.of("rules"),
          "picocli..", List.of("app"),
          "com.fasterxml.jackson..", List.of("base", "agents", "github"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.optr");

  @Test
  void everyClassIsSeen() {
    assertThat(CLASSES.size()).isGreaterThan(150);
  }

  @Test
  void everyPackageIsInTheList() {
    assertThat(CLASSES.stream().map(ArchitectureTest::step).distinct()).isSubsetOf(ORDER);
  }

  @Test
  void packagesImportUpstreamOnly() {
    for (int i = 0; i < ORDER.size(); i++) {
      for (String below : ORDER.subList(i + 1, ORDER.size())) {
        noClasses()
            .that()
            .resideInAPackage(packages(ORDER.get(i)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(packages(below))
            .because(ORDER.get(i) + " stands above " + below)
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void toolsImportBaseAlone() {
    for (String tool : TOOLS) {
      noClasses()
          .that()
          .resideInAPackage(packages(tool))
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.optr..")
                  .and(
                      DescribedPredicate.not(resideInAnyPackage(packages(tool), packages("base")))))
          .because("a tool knows nothing of the run that uses it")
          .check(CLASSES);
    }
  }

  @Test
  void providersNeverImportEachOther() {
    slices().matching("dev.optr.agents.(*)..").should().notDependOnEachOther().check(CLASSES);
  }

  @Test
  void thereAreNoCycles() {
    slices().matching("dev.optr.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyLibraryHasOneHome() {
    HOMES.forEach(
        (library, homes) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    homes.stream().map(ArchitectureTest::packages).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(library + " lives in " + homes)
                .check(CLASSES));
  }

  @Test
  void libraryTypesNeverAppearInPublicSignatures() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        // Picocli's own interfaces are what a command implements.
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("dev.optr.app..")
        .should(haveNoLibraryTypeInTheirSignature())
        .check(CLASSES);
  }

  @Test
  void environmentStreamsAndClockAreTouchedInAppAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.optr.app..")
        .should()
        .callMethodWhere(
            target(owner(JavaClass.Predicates.equivalentTo(System.class)))
                .and(target(nameMatching("getenv|exit|setOut|setErr|currentTimeMillis"))))
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethodWhere(
            target(owner(JavaClass.Predicates.equivalentTo(java.time.Clock.class)))
                .and(target(nameMatching("system.*"))))
        .because("a step's inputs are its parameters")
        .check(CLASSES);
  }

  @Test
  void selectionIsPure() {
    noClasses()
        .that()
        .resideInAPackage("dev.optr.selection..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..", "java.time..")
        .because("anyone must be able to recompute a decision")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    // A package without package-info has no annotated package class at all.
    List<String> unmarked =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
            .filter(javaPackage -> !javaPackage.getClasses().isEmpty())
            .map(com.tngtech.archunit.core.domain.JavaPackage::getName)
            .toList();
    assertThat(unmarked).isEmpty();
  }

  private static ArchCondition<JavaMethod> haveNoLibraryTypeInTheirSignature() {
    return new ArchCondition<>("have no library type in their signature") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
            .map(JavaClass::getBaseComponentType)
            .filter(type -> !type.isPrimitive())
            .filter(type -> !type.getPackageName().startsWith("java."))
            .filter(type -> !type.getPackageName().startsWith("dev.optr"))
            .filter(type -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " shows " + type.getName())));
      }
    };
  }

  private static String step(JavaClass type) {
    String below = type.getPackageName().substring("dev.optr".length() + 1);
    return below.split("\\.", 2)[0];
  }

  private static String packages(String step) {
    return "dev.optr." + step + "..";
  }
}
