package io.agentcraft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every Java block of the README stands, line by line, in a source file that the build compiles. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> blocksAreCompiled() throws IOException {
    String sources = sources();
    List<String> blocks = JAVA_BLOCK
        .matcher(Files.readString(ROOT.resolve("README.md")))
        .results()
        .map(MatchResult::group)
        .toList();
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
    return blocks.stream()
        .map(block -> DynamicTest.dynamicTest(
            block.lines().skip(1).findFirst().orElseThrow(),
            () -> assertThat(sources).contains(withoutIndent(block.replaceAll("```(java)?", "")))));
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        all.append(withoutIndent(Files.readString(file))).append('\n');
      }
      return all.toString();
    }
  }

  /** Drops what a README leaves out: indentation, blank lines and import lines. */
  private static String withoutIndent(String code) {
    StringBuilder lines = new StringBuilder();
    code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("import "))
        .forEach(line -> lines.append(line).append('\n'));
    return lines.toString();
  }
}
