package io.agentcraft.client.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests that need FastAPI where it is not installed, and says how to install it. */
final class FastApiCondition implements ExecutionCondition {

  private static final String VERSIONS =
      "import sys, fastapi, uvicorn, websockets.version as w; print('Python %s, FastAPI %s, uvicorn %s,"
          + " websockets %s' % (sys.version.split()[0], fastapi.__version__, uvicorn.__version__, w.version))";

  private static final ConditionEvaluationResult RESULT = evaluate();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return RESULT;
  }

  private static ConditionEvaluationResult evaluate() {
    try {
      Process process = new ProcessBuilder(RealServer.PYTHON, "-c", VERSIONS)
          .redirectErrorStream(true)
          .start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      if (process.waitFor() == 0) {
        System.out.println("Interop with " + said);
        return ConditionEvaluationResult.enabled(said);
      }
      return skipped(said.substring(said.lastIndexOf('\n') + 1));
    } catch (IOException noPython) {
      return skipped(noPython.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return skipped("interrupted");
    }
  }

  private static ConditionEvaluationResult skipped(String why) {
    String reason = "No FastAPI on uvicorn with " + RealServer.PYTHON + " (" + why
        + "). On Debian: apt-get install python3-fastapi uvicorn python3-websockets."
        + " AGENTCRAFT_PYTHON names another Python.";
    System.out.println("Interop tests are skipped. " + reason);
    return ConditionEvaluationResult.disabled(reason);
  }
}
