package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The README of this module describes the commands and the recipes that there are, with their options as they are. */
class CommandGuideTest {

  private static final Path README = Path.of("README.md");
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** Described once for all commands. */
  private static final Set<String> COMMON_OPTIONS =
      Set.of("--help", "--version", "--token-file", "--allow-token-over-plaintext", "--ca");

  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream()
        .filter(command -> !Set.of("help", "generate-completion").contains(command));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasASectionWithItsOptionsAndExitCodes(String command) throws IOException {
    CommandSpec spec =
        Objects.requireNonNull(Main.commandLine().getSubcommands().get(command)).getCommandSpec();
    String section = section(command);
    Set<String> options = spec.options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .filter(option -> !COMMON_OPTIONS.contains(option))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(section.lines().filter(line -> line.startsWith("| `--")))
        .as("the table")
        .map(row -> OPTION.matcher(row).results().findFirst().orElseThrow().group())
        .containsExactlyInAnyOrderElementsOf(options);
    String exitCodes = section.substring(section.indexOf("Exit codes:"));
    assertThat(Pattern.compile("`(\\d+)`").matcher(exitCodes).results().map(code -> code.group(1)))
        .as("the exit codes")
        .containsExactlyElementsOf(spec.usageMessage().exitCodeList().keySet());
  }

  @TestFactory
  Stream<DynamicTest> everyCommandLineIsAccepted() throws IOException {
    List<String> lines =
        shellLines().filter(line -> line.contains("agentcraft ")).toList();
    assertThat(lines).hasSizeGreaterThan(10);
    return lines.stream()
        .filter(line -> line.matches("(.*\\| )?agentcraft .*"))
        .map(line -> DynamicTest.dynamicTest(line, () -> {
          String[] args = WORD.matcher(line.substring(line.indexOf("agentcraft ") + 11))
              .results()
              .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
              .toArray(String[]::new);
          assertThat(Main.commandLine().parseArgs(args).hasSubcommand()).isTrue();
        }));
  }

  @Test
  void everyRecipeIsListed() throws IOException {
    List<String> recipes = new ArrayList<>();
    for (String folder : List.of("src/main/java", "src/test/java")) {
      try (Stream<Path> files = Files.list(Path.of(folder, "io/agentcraft/examples/recipes"))) {
        files
            .map(file -> file.toString().replace('\\', '/'))
            .filter(file -> !file.endsWith("package-info.java"))
            .filter(file -> !file.endsWith("RecipesTest.java"))
            .forEach(recipes::add);
      }
    }
    assertThat(Pattern.compile("\\((src/[^)]*)\\)").matcher(readme()).results())
        .map(link -> link.group(1))
        .containsExactlyInAnyOrderElementsOf(recipes);
  }

  @Test
  void theRecipesThatAreRunExist() throws IOException {
    assertThat(shellLines()
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .filter(word -> word.startsWith("io.agentcraft.")))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(Class.forName(name)).hasDeclaredMethods("main"));
  }

  private static String section(String command) throws IOException {
    String heading = "\n### agentcraft " + command + "\n";
    String readme = readme();
    assertThat(readme).contains(heading);
    String section = readme.substring(readme.indexOf(heading) + heading.length());
    int next = section.indexOf("\n### ");
    return next < 0 ? section : section.substring(0, next);
  }

  private static Stream<String> shellLines() throws IOException {
    return SHELL_BLOCK
        .matcher(readme())
        .results()
        .flatMap(block -> block.group(1).lines());
  }

  private static String readme() throws IOException {
    return Files.readString(README);
  }
}
