package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Checks every Markdown file of the repository: each Java block stands line by line in a source file that the build
 * compiles, and each link within the repository has a target.
 */
class MarkdownTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Folders that hold no documentation of this project. */
  private static final Set<String> SKIPPED = Set.of(".git", "target", "node_modules");

  @Test
  void findsTheReadmeAndTheGuides() throws IOException {
    assertThat(documents())
        .extracting(Markdown::file)
        .contains(
            ROOT.resolve("README.md"),
            ROOT.resolve("CONTRIBUTING.md"),
            ROOT.resolve("agentcraft-client/docs/listening-and-asking.md"),
            ROOT.resolve("agentcraft-client/docs/publishing.md"),
            ROOT.resolve("agentcraft-client/docs/connection-and-errors.md"),
            ROOT.resolve("agentcraft-client/docs/langchain4j.md"),
            ROOT.resolve("src-test-fixtures/README.md"));
  }

  @TestFactory
  Stream<DynamicTest> everyJavaBlockIsCompiled() throws IOException {
    List<String> sources = sources();
    List<DynamicTest> tests = new ArrayList<>();
    for (Markdown document : documents()) {
      for (String block : document.javaBlocks()) {
        String name = name(document) + ": " + block.lines().findFirst().orElse("");
        tests.add(DynamicTest.dynamicTest(name, () -> assertIsPartOf(sources, essence(block))));
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(20);
    return tests.stream();
  }

  /** Without a language, a block of Java would not be found by the test above. */
  @TestFactory
  Stream<DynamicTest> everyFenceNamesItsLanguage() throws IOException {
    return documents().stream()
        .map(document -> DynamicTest.dynamicTest(
            name(document), () -> assertThat(document.languages()).doesNotContain("")));
  }

  @TestFactory
  Stream<DynamicTest> everyLinkHasATarget() throws IOException {
    return documents().stream()
        .map(document -> DynamicTest.dynamicTest(
            name(document), () -> assertThat(document.brokenLinks()).isEmpty()));
  }

  /** The threats of the security policy are held off by tests that there are. */
  @Test
  void everyTestThatADocumentNamesExists() throws IOException {
    Set<String> tests = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.java"))
          .forEach(name -> tests.add(name.substring(0, name.length() - ".java".length())));
    }
    Set<String> named = new TreeSet<>();
    for (Markdown document : documents()) {
      Matcher names =
          Pattern.compile("`([A-Z]\\w+Test)`").matcher(Files.readString(document.file()));
      names.results().forEach(name -> named.add(name.group(1)));
    }
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(tests).containsAll(named);
  }

  private static List<Markdown> documents() throws IOException {
    List<Markdown> found = new ArrayList<>();
    Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return SKIPPED.contains(folder.getFileName().toString())
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        if (file.toString().endsWith(".md")) {
          found.add(Markdown.read(file));
        }
        return FileVisitResult.CONTINUE;
      }
    });
    return found;
  }

  private static void assertIsPartOf(List<String> sources, String code) {
    assertThat(code).isNotEmpty();
    assertThat(sources.stream().anyMatch(source -> source.contains(code)))
        .as("a source that the build compiles contains this block:%n%s", code)
        .isTrue();
  }

  private static String name(Markdown document) {
    return ROOT.relativize(document.file()).toString();
  }

  /** Only folders that this build compiles. */
  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String folder : List.of("src/main/java", "src/test/java")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
          sources.add(essence(Files.readString(file)));
        }
      }
    }
    return sources;
  }

  /** Drops what a guide leaves out or lays out differently: indentation, blank lines and import lines. */
  private static String essence(String code) {
    StringBuilder lines = new StringBuilder();
    code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("import "))
        .forEach(line -> lines.append(line).append('\n'));
    return lines.toString();
  }
}
