package io.agentcraft.examples.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips what needs Chromium where there is none, and says what would help. */
final class ChromiumCondition implements ExecutionCondition {

  static final Path CHROMIUM = path("AGENTCRAFT_CHROMIUM", "/usr/bin/chromium");
  static final Path DRIVER = path("AGENTCRAFT_CHROMEDRIVER", "/usr/bin/chromedriver");

  private static final ConditionEvaluationResult RESULT = evaluate();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return RESULT;
  }

  private static ConditionEvaluationResult evaluate() {
    for (Path program : new Path[] {CHROMIUM, DRIVER}) {
      if (!Files.isExecutable(program)) {
        String reason = "There is no " + program
            + ". On Debian: apt-get install chromium chromium-driver."
            + " AGENTCRAFT_CHROMIUM and AGENTCRAFT_CHROMEDRIVER name others.";
        System.out.println("Browser tests are skipped. " + reason);
        return ConditionEvaluationResult.disabled(reason);
      }
    }
    return ConditionEvaluationResult.enabled("Chromium is there.");
  }

  private static Path path(String variable, String usual) {
    return Path.of(Objects.requireNonNullElse(System.getenv(variable), usual));
  }
}
