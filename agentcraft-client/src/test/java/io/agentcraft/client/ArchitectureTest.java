package io.agentcraft.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.ExponentialBackoff;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.agentcraft.client";

  /** Each package may use those above it in this list, so there are no cycles. The client itself comes last. */
  private static final List<String> PACKAGES = List.of(
      "internal.guard",
      "message",
      "connection",
      "error",
      "publish",
      "listener",
      "time",
      "record",
      "metrics",
      "metrics.micrometer",
      "internal.codec",
      "view",
      "codec",
      "internal.transport",
      "internal.connection",
      "internal.inbound",
      "internal.publish",
      "internal.client",
      "",
      "langchain4j");

  /** The internal packages that a public package may use. The client itself may use all of them. */
  private static final Map<String, Set<String>> INTERNALS_OF = Map.of(
      "message", Set.of("internal.guard"),
      "connection", Set.of("internal.guard"),
      "error", Set.of("internal.guard"),
      "record", Set.of("internal.guard"),
      "view", Set.of("internal.guard", "internal.codec"),
      "codec", Set.of("internal.guard", "internal.codec"));

  /** The packages of libraries that may be absent, and the one package of the SDK that uses them. */
  private static final Map<String, String> OPTIONAL =
      Map.of("io.micrometer", "metrics.micrometer", "dev.langchain4j", "langchain4j");

  private static final DescribedPredicate<JavaClass> IN_A_NULL_MARKED_PACKAGE =
      DescribedPredicate.describe(
          "in a package that is @NullMarked",
          type -> type.getPackage().isAnnotatedWith(NullMarked.class));

  // NullAway checks only what is @NullMarked, so a missing package-info would disable it.
  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes().should(ArchCondition.from(IN_A_NULL_MARKED_PACKAGE));

  @ArchTest
  static final ArchRule PACKAGES_USE_ONLY_THOSE_BEFORE_THEM = classes()
      .should(condition("use only packages listed before their own", (type, events) -> {
        String from = packageOf(type);
        if (!PACKAGES.contains(from)) {
          violated(events, type, type.getName() + " is in a package that is not listed");
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (isOurs(target) && PACKAGES.indexOf(packageOf(target)) > PACKAGES.indexOf(from)) {
            violated(events, type, dependency.getDescription());
          }
        }
      }));

  @ArchTest
  static final ArchRule PUBLIC_PACKAGES_DO_NOT_USE_INTERNAL_ONES = classes()
      .that(areInPublicPackages(false))
      .should(condition("not use internal packages", (type, events) -> {
        Set<String> allowed = INTERNALS_OF.getOrDefault(packageOf(type), Set.of());
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (isInternal(target) && !allowed.contains(packageOf(target))) {
            violated(events, type, dependency.getDescription());
          }
        }
      }));

  // Code that uses the SDK must not depend on the libraries behind it.
  @ArchTest
  static final ArchRule THE_API_HAS_NO_LIBRARY_TYPES = classes()
      .that(areInPublicPackages(true))
      .should(condition("have no library or internal type in their API", (type, events) -> {
        if (!isApi(type)) {
          return;
        }
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
            .flatMap(parent -> parent.getAllInvolvedRawTypes().stream())
            .filter(ArchitectureTest::isHidden)
            .forEach(
                hidden -> violated(events, type, type.getName() + " extends " + hidden.getName()));
        for (JavaMember member : type.getMembers()) {
          if (!isApi(member) || takesOkHttpClient(member)) {
            continue;
          }
          signature(member)
              .flatMap(part -> part.getAllInvolvedRawTypes().stream())
              .filter(ArchitectureTest::isHidden)
              .forEach(hidden ->
                  violated(events, member, member.getFullName() + " shows " + hidden.getName()));
        }
      }));

  // Whoever does not use them does not have them: what touches them would fail to load.
  @ArchTest
  static final ArchRule OPTIONAL_LIBRARIES_STAY_IN_THEIR_PACKAGES = classes()
      .should(condition("use optional libraries in one package only", (type, events) -> {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
          OPTIONAL.forEach((library, home) -> {
            if (target.startsWith(library) && !packageOf(type).equals(home)) {
              violated(events, type, dependency.getDescription());
            }
          });
        }
      }));

  @ArchTest
  static final ArchRule NOTHING_USES_THE_PACKAGES_OF_OPTIONAL_LIBRARIES = noClasses()
      .that(DescribedPredicate.describe(
          "are in another package", type -> !OPTIONAL.containsValue(packageOf(type))))
      .should()
      .dependOnClassesThat(DescribedPredicate.describe(
          "need an optional library",
          type -> isOurs(type) && OPTIONAL.containsValue(packageOf(type))));

  // Anyone who can guess a client id can replace its connection on the server.
  @ArchTest
  static final ArchRule CLIENT_IDS_USE_SECURE_RANDOMNESS = classes()
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

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
  }

  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().startsWith(ROOT + ".internal");
  }

  /** The package below the root; empty for the root. */
  private static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  private static DescribedPredicate<JavaClass> areInPublicPackages(boolean includeRoot) {
    return DescribedPredicate.describe(
        includeRoot ? "are in public packages" : "are in public packages below the client",
        type -> !isInternal(type) && (includeRoot || !packageOf(type).isEmpty()));
  }

  private static boolean isHidden(JavaClass type) {
    String name = type.getPackageName();
    return isInternal(type)
        || name.startsWith("okhttp3")
        || name.startsWith("com.fasterxml.jackson");
  }

  /** The one exception: users may bring their own OkHttpClient. */
  private static boolean takesOkHttpClient(JavaMember member) {
    return packageOf(member.getOwner()).isEmpty()
        && member.getName().equals("okHttpClient")
        && member instanceof JavaCodeUnit method
        && method.getRawParameterTypes().stream()
            .allMatch(type -> type.isEquivalentTo(OkHttpClient.class))
        && !isHidden(method.getRawReturnType());
  }

  /** A public class, or one whose members a public class inherits. */
  private static boolean isApi(JavaClass type) {
    return isPublic(type) || type.getAllSubclasses().stream().anyMatch(ArchitectureTest::isPublic);
  }

  private static boolean isPublic(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
  }

  private static boolean isApi(JavaMember member) {
    return isVisible(member.getModifiers())
        && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaType> signature(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    JavaCodeUnit method = (JavaCodeUnit) member;
    return Stream.of(
            Stream.of(method.getReturnType()),
            method.getParameterTypes().stream(),
            method.getExceptionTypes().stream().map(JavaType.class::cast))
        .flatMap(types -> types);
  }

  private static ArchCondition<JavaClass> condition(
      String description, BiConsumer<JavaClass, ConditionEvents> check) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        check.accept(type, events);
      }
    };
  }

  private static void violated(ConditionEvents events, Object what, String message) {
    events.add(SimpleConditionEvent.violated(what, message));
  }
}
