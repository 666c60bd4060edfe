package io.agentcraft.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.ExponentialBackoff;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.agentcraft.client";

  private static final DescribedPredicate<JavaClass> IN_A_NULL_MARKED_PACKAGE =
      DescribedPredicate.describe(
          "in a package that is @NullMarked",
          type -> type.getPackage().isAnnotatedWith(NullMarked.class));

  // NullAway looks only at what is marked, so a forgotten package-info would switch it off.
  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes().should(ArchCondition.from(IN_A_NULL_MARKED_PACKAGE));

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule MESSAGES_ARE_THE_GROUND_FLOOR_AND_THE_CLIENT_THE_FRONT_DOOR =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("client")
          .definedBy(ROOT)
          .layer("message")
          .definedBy(ROOT + ".message")
          .layer("rest")
          .definedBy(DescribedPredicate.describe("the rest", ArchitectureTest::isBetween))
          .whereLayer("client")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("message")
          .mayNotAccessAnyLayer();

  // Whoever can guess a client id can take a connection's place on the server.
  @ArchTest
  static final ArchRule IDS_ARE_OF_SECURE_RANDOMNESS = classes()
      .that()
      .haveFullyQualifiedName(ClientIds.class.getName())
      .should()
      .accessClassesThat()
      .areAssignableTo(SecureRandom.class);

  @ArchTest
  static final ArchRule OTHER_RANDOMNESS_IS_FOR_JITTER_ONLY = noClasses()
      .that()
      .doNotHaveFullyQualifiedName(ExponentialBackoff.class.getName())
      .should()
      .dependOnClassesThat(DescribedPredicate.describe(
          "give predictable random numbers or ids", ArchitectureTest::isPredictable))
      .orShould()
      .callMethod(Math.class, "random");

  private static boolean isPredictable(JavaClass type) {
    return (type.isAssignableTo(RandomGenerator.class) && !type.isAssignableTo(SecureRandom.class))
        || type.isAssignableTo(UUID.class);
  }

  private static boolean isBetween(JavaClass type) {
    String name = type.getPackageName();
    // Records and codec share what free-form JSON is made of: it lies beneath the ground floor.
    return name.startsWith(ROOT + ".")
        && !name.equals(ROOT + ".message")
        && !name.equals(ROOT + ".internal.json");
  }
}
